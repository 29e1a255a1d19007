using System;

namespace AclAdmin.Client.Changes.Report;

/// <summary>The contents of a report besides the changes.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="CreatedAt">When the report is made, in UTC.</param>
/// <param name="CreatedBy">The program that made it, as a name with a version.</param>
public sealed record ChangeReportOptions(string Title, DateTime CreatedAt, string CreatedBy);
