using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the blocked senders into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailBlockedSender", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewEmailBlockedSenderCommand))]
public sealed class SyncEmailBlockedSenderCommand : BatchSyncCommand<EmailBlockedSender>;
