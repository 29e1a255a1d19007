using System;
using System.Globalization;

namespace AclAdmin.Sandbox;

/// <summary>What the command line says.</summary>
/// <param name="Options">How to start.</param>
/// <param name="ParentPid">The process with which the sandbox ends, if any.</param>
internal sealed record CommandLine(SandboxOptions Options, int? ParentPid)
{
    public const string Usage =
        "AclAdmin.Sandbox [--urls http://127.0.0.1:0] [--entries N] [--items N] [--rules N] [--synced-every N] [--cloudflare-token T]\n"
        + "  [--cloudflare-email E --cloudflare-key K] [--carrierx-token T] [--account-id A] [--parent-pid P] [--quota N]\n"
        + "  [--window-seconds S] [--block-seconds S] [--no-limit] [--latency-ms N] [--list-lag-seconds S] [--clock-offset-seconds S] [--token-lifetime-seconds S] [--no-log]";

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">They cannot be read.</exception>
    public static CommandLine Parse(string[] args)
    {
        var options = new SandboxOptions();
        int? parent = null;
        for (var at = 0; at < args.Length; at++)
        {
            var name = args[at];
            options = name switch
            {
                "--no-limit" => options with { Limit = false },
                "--no-log" => options with { Log = false },
                "--urls" => options with { Url = Text() },
                "--entries" => options with { Entries = Count() },
                "--items" => options with { Items = Count() },
                "--rules" => options with { Rules = Count() },
                "--synced-every" => options with { SyncedEvery = Count() },
                "--cloudflare-token" => options with { CloudflareToken = Text() },
                "--cloudflare-email" => options with { CloudflareEmail = Text() },
                "--cloudflare-key" => options with { CloudflareKey = Text() },
                "--carrierx-token" => options with { CarrierXToken = Text() },
                "--account-id" => options with { AccountId = Text() },
                "--quota" => options with { Quota = Count() },
                "--window-seconds" => options with { WindowSeconds = Seconds() },
                "--block-seconds" => options with { BlockSeconds = Seconds() },
                "--latency-ms" => options with { LatencyMilliseconds = Count() },
                "--list-lag-seconds" => options with { ListLagSeconds = Seconds() },
                "--clock-offset-seconds" => options with { Clock = new ShiftedClock(Offset()) },
                "--token-lifetime-seconds" => options with { TokenLifetimeSeconds = Seconds() },
                "--parent-pid" => Parent(options),
                _ => throw new FormatException($"'{name}' is not an option."),
            };

            string Text() => ++at < args.Length ? args[at] : throw new FormatException(name + " needs a value.");

            int Count() => int.TryParse(Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? count
                : throw new FormatException($"{name} needs a whole number, not '{args[at]}'.");

            double Seconds() =>
                double.TryParse(Text(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
                ? seconds
                : throw new FormatException($"{name} needs seconds, not '{args[at]}'.");

            TimeSpan Offset() =>
                double.TryParse(Text(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                && Math.Abs(seconds) < 1e9
                ? TimeSpan.FromSeconds(seconds)
                : throw new FormatException($"{name} needs seconds, with a sign if the clock is slow, not '{args[at]}'.");

            SandboxOptions Parent(SandboxOptions same)
            {
                parent = Count();
                return same;
            }
        }
        return new CommandLine(options, parent);
    }
}
