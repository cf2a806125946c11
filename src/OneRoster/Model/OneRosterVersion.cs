namespace OneRoster.Model;

/// <summary>The version of OneRoster that a source speaks. The rows are the same for both.</summary>
public enum OneRosterVersion
{
    /// <summary>OneRoster 1.1 (2017).</summary>
    V1P1,

    /// <summary>OneRoster 1.2 (2022).</summary>
    V1P2,
}
