using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the allow policies into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailAllowPolicy", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewEmailAllowPolicyCommand))]
public sealed class SyncEmailAllowPolicyCommand : BatchSyncCommand<EmailAllowPolicy>;
