using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the sending domain restrictions into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailSendingDomainRestriction", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewEmailSendingDomainRestrictionCommand))]
public sealed class SyncEmailSendingDomainRestrictionCommand : BatchSyncCommand<EmailSendingDomainRestriction>;
