using System.Linq;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Completion;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields.</summary>
/// <typeparam name="T">What it changes.</typeparam>
public abstract class FieldRowCommand<T> : RowCommand<T>
    where T : ApiResource
{
    private StateCache<T>? _states;

    /// <summary>Fields to clear (JSON null) on every row, by parameter name or API name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClearableFieldCompleter))]
    public string[] Clear { get; set; } = [];

    /// <summary>What an empty cell means.</summary>
    [Parameter]
    public EmptyValue EmptyValue { get; set; }

    /// <summary>What stands between the items of a list in a cell.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ListSeparator { get; set; } = CellParser.DefaultListSeparator;

    /// <summary>Writes each changed thing as the service shows it afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool WritesResults => PassThru || Action == ChangeAction.Create;

    private protected override bool WritesPresent => PassThru && Action == ChangeAction.Create;

    /// <summary>Whether the present state is read first, so that only what differs is sent.</summary>
    private protected virtual bool ComparesFirst => false;

    private protected override RowReader CreateReader() => CreateReader(Clear, EmptyValue, ListSeparator);

    private protected override StateCache<T>? CreateStates() => _states = ComparesFirst || IfExistsMode != IfExists.Create || (KeepsJournal && Action == ChangeAction.Create)
        ? new StateCache<T>(client => Await(Snapshot.ReadAsync(client, Reporter, Cancellation)))
        : null;

    private protected override void OnPosting(Change<T> change) => _states?.Forget(change.Client!, change.Id);

    /// <summary>Where the present values are known, they are shown beside the new ones.</summary>
    private protected override bool ShouldApply(ChangePlan<T> plan)
    {
        if (plan.Differences is not { } differences)
        {
            return base.ShouldApply(plan);
        }

        var colors = DifferenceColors.For(this);
        var shown = string.Join("; ", differences.Select(colors.Format));
        return ShouldProcess(
            $"Performing the operation \"{plan.Operation}\" on target \"{plan.Target}\": {shown}",
            $"{plan.Operation} on {plan.Target}: {shown}",
            "Confirm");
    }
}
