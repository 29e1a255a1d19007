using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Makes the partner, its trunk groups and their trunks, with lists of the oldest rules there are: the same in every run.</summary>
internal static class ListOwnerSeed
{
    private const int TrunkGroups = 3;
    private const int TrunksInEach = 2;

    public static IEnumerable<ListOwner> Make(IReadOnlyList<AccessRule> rules)
    {
        var sids = rules.Take(4).Select(rule => rule.RuleSid).ToArray();
        yield return new ListOwner
        {
            Path = "partners/" + SandboxDefaults.PartnerSid,
            Name = "Sandbox Telecom",
            ParentLists = [new AccessList { Rules = sids.Take(2).ToArray(), VoiceActionTrue = "reject403", SmsActionTrue = "reject" }],
            Lists =
            [
                new AccessList
                {
                    Rules = sids.Skip(2).Take(1).ToArray(), VoiceActionTrue = "accept", VoiceActionFalse = "reject503", SmsActionTrue = "accept", SmsActionFalse = "reject",
                },
            ],
        };
        for (var group = 1; group <= TrunkGroups; group++)
        {
            var path = "trunk_groups/" + SandboxIds.TrunkGroup(group);
            yield return new ListOwner { Path = path, Name = group == 1 ? "Main" : $"Branch {group}" };
            for (var trunk = 1; trunk <= TrunksInEach; trunk++)
            {
                yield return new ListOwner
                {
                    Path = $"{path}/trunks/{SandboxIds.Trunk(((group - 1) * TrunksInEach) + trunk)}",
                    Name = $"Trunk {group}.{trunk}",
                    Lists = group == 1 && trunk == 1
                        ? [new AccessList { Rules = sids.Skip(3).ToArray(), VoiceActionTrue = "accept", VoiceActionFalse = "reject503" }]
                        : [],
                };
            }
        }
    }
}
