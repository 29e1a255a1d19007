using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the trusted domains into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailTrustedDomain", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewEmailTrustedDomainCommand))]
public sealed class SyncEmailTrustedDomainCommand : BatchSyncCommand<EmailTrustedDomain>;
