using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the URL ignore patterns into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailUrlIgnorePattern", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewEmailUrlIgnorePatternCommand))]
public sealed class SyncEmailUrlIgnorePatternCommand : CloudflareSyncCommand<EmailUrlIgnorePattern>;
