using System.Collections.Generic;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields.</summary>
/// <typeparam name="T">What it changes.</typeparam>
public abstract class FieldRowCommand<T> : RowCommand<T>
    where T : ApiResource
{
    /// <summary>Fields to clear (JSON null) on every row, by parameter name or API name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClearableFieldCompleter))]
    public string[] Clear { get; set; } = [];

    /// <summary>What an empty cell means.</summary>
    [Parameter]
    public EmptyValue EmptyValue { get; set; }

    /// <summary>The separator between the items of a list in a cell.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string ListSeparator { get; set; } = CellParser.DefaultListSeparator;

    /// <summary>Writes each changed item as the service shows it afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override ChangeAction Action => this is ICreateCommand ? ChangeAction.Create : ChangeAction.Update;

    private protected override IfExists IfExistsMode => this is ICreateCommand create ? create.IfExists : base.IfExistsMode;

    private protected override IReadOnlyList<string?> Ids => (this as IUpdateCommand)?.Id ?? [];

    private protected override bool ComparesFirst => this is IUpdateCommand { SkipUnchanged.IsPresent: true };

    private protected override IReadOnlyList<string>? MatchByNames => (this as IUpdateCommand)?.MatchBy;

    private protected override bool WritesResults => PassThru || Action == ChangeAction.Create;

    private protected override bool WritesPresent => PassThru && Action == ChangeAction.Create;

    private protected override IReadOnlyList<string?> ArgumentTargets() => this is ICreateCommand ? Reader.ValuesOfSeveral ?? [null] : base.ArgumentTargets();

    private protected override RowReader CreateReader() => CreateReader(Clear, EmptyValue, ListSeparator);

    /// <summary>Where the present values are known, they are shown beside the new ones.</summary>
    private protected override bool ShouldApply(ChangePlan<T> plan) => plan.Differences is { } differences
        ? DifferencePreview.ShouldApply(this, plan.Target, plan.Operation, differences, none: "no value differs")
        : base.ShouldApply(plan);
}
