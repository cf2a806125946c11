namespace Gateway.Rostering.Staging;

/// <summary>What was staged, in short.</summary>
/// <param name="Rows">SHA-256 of the rows of each table in the order in which they came, table after table.</param>
/// <param name="RolesHaveDates">Whether what some role means depends on the day.</param>
internal sealed record StagedDigest(byte[] Rows, bool RolesHaveDates);
