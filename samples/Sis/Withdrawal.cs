namespace Samples.Sis;

/// <summary>How withdrawn students look afterwards.</summary>
public enum Withdrawal
{
    /// <summary>Their rows are gone.</summary>
    Absent,

    /// <summary>Their rows say <c>tobedeleted</c>.</summary>
    ToBeDeleted,
}
