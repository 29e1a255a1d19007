namespace AclAdmin.Client.Changes.Journal;

/// <summary>The journal of a run.</summary>
/// <param name="Run">The run in the journal.</param>
/// <param name="Earlier">The changes in the journal when the run began; null where it held none.</param>
public sealed record RunJournal(JournalRun Run, EarlierChanges? Earlier = null);
