using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the content policies into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailContentPolicy", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[Alias("Sync-EmailBlockedContent")]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewEmailContentPolicyCommand))]
public sealed class SyncEmailContentPolicyCommand : BatchSyncCommand<EmailContentPolicy>;
