using System;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>What is left of a connection's budget.</summary>
/// <param name="RequestsLeft">Requests that may be sent at once; null where it is not known.</param>
/// <param name="ResetsIn">Time until the window ends; null where it is not known.</param>
/// <param name="PausedFor">Time that a refusal still holds everybody back; null when none does.</param>
public sealed record BudgetStatus(int? RequestsLeft, TimeSpan? ResetsIn, TimeSpan? PausedFor);
