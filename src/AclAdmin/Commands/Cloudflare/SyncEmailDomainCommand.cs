using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the domains into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailDomain", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewEmailDomainCommand))]
public sealed class SyncEmailDomainCommand : CloudflareSyncCommand<EmailDomain>;
