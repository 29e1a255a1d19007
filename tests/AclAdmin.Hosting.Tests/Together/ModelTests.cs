using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>
/// Random sequences of commands, of another client's edits, of faults and of killed runs, in the module and in a model: the list, how each row ended, and the
/// journal agree after each step. ACLADMIN_MODEL_SEQUENCES states how many for each list, ACLADMIN_MODEL_SEED where they start; FsCheck shrinks what fails.
/// </summary>
public sealed class ModelTests(ModelTests.Fixture fixture) : IClassFixture<ModelTests.Fixture>
{
    private static readonly int Sequences = Number("ACLADMIN_MODEL_SEQUENCES", 150);

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithReplay((ulong)Number("ACLADMIN_MODEL_SEED", 2026), 7UL);

    /// <summary>What a step does, and how often.</summary>
    private static readonly (int Weight, Verb Verb)[] Verbs =
    [
        (4, Verb.Create), (4, Verb.Update), (2, Verb.Remove), (2, Verb.Sync), (2, Verb.AddEntry), (1, Verb.RemoveEntry), (3, Verb.UndoLast), (1, Verb.UndoAll), (2, Verb.Rerun),
        (1, Verb.OtherEdits), (1, Verb.OtherRemoves), (1, Verb.OtherCreates),
    ];

    private static readonly (int Weight, Trouble Trouble)[] Troubles =
        [(8, Trouble.None), (1, Trouble.Refused), (1, Trouble.AnswerLost), (1, Trouble.KilledBefore), (1, Trouble.KilledAfter)];

    public static TheoryData<string> Nouns => [.. ModelList.Nouns];

    [Theory(Timeout = HostingStage.Patience * 60)]
    [MemberData(nameof(Nouns))]
    public async Task The_module_and_the_model_agree_after_each_step(string noun)
    {
        await Task.Yield();
        var (steps, known) = (0, new List<string>());
        Prop.ForAll(SequencesOfSteps(), sequence =>
        {
            var run = new ModelRun(fixture.Stage, noun);
            try
            {
                if (run.Run(sequence) is { } fault)
                {
                    known.Add(fault);
                }
            }
            finally
            {
                steps += run.Steps;
            }
        }).Check(Config);
        TestContext.Current.TestOutputHelper?.WriteLine($"{noun}: {Sequences} sequences, {steps} steps; {known.Count} ended before a known fault.");
        foreach (var fault in known.GroupBy(fault => fault))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{fault.Count()}: {fault.Key}");
        }
    }

    private static Arbitrary<Step[]> SequencesOfSteps()
    {
        var row = Gen.Choose(0, 2).Zip(Gen.Choose(0, 2), (key, value) => new ModelRow(key, value));
        var step = from verb in Gen.Frequency(Verbs.Select(pair => (pair.Weight, Gen.Constant(pair.Verb))))
                   from count in Gen.Choose(1, 3)
                   from rows in row.ArrayOf(count)
                   from trouble in Gen.Frequency(Troubles.Select(pair => (pair.Weight, Gen.Constant(pair.Trouble))))
                   from at in Gen.Choose(0, 2)
                   select new Step(verb, rows, trouble, at);
        return Arb.From(Gen.Choose(2, 8).SelectMany(count => step.ArrayOf(count)), Shrink);
    }

    /// <summary>A step less, a row less, or no trouble.</summary>
    private static IEnumerable<Step[]> Shrink(Step[] steps)
    {
        for (var at = 0; at < steps.Length; at++)
        {
            Step[] With(Step step) => [.. steps[..at], step, .. steps[(at + 1)..]];
            yield return [.. steps[..at], .. steps[(at + 1)..]];
            if (steps[at].Trouble != Trouble.None)
            {
                yield return With(steps[at] with { Trouble = Trouble.None });
            }

            for (var row = 0; steps[at].Rows.Length > 1 && row < steps[at].Rows.Length; row++)
            {
                yield return With(steps[at] with { Rows = [.. steps[at].Rows.Where((_, index) => index != row)] });
            }
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>The stage that all sequences share.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal ListStage Stage { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Stage = await ListStage.StartAsync();

        public ValueTask DisposeAsync() => Stage.DisposeAsync();
    }
}
