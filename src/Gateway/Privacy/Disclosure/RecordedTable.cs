namespace Gateway.Privacy.Disclosure;

/// <summary>Whom a table is about.</summary>
internal enum Subject
{
    /// <summary>A student or teacher.</summary>
    Child,

    /// <summary>An adult who decided something for a school or an engine.</summary>
    Adult,

    /// <summary>A school or district, and nobody in it.</summary>
    School,

    /// <summary>The gateway itself, or an engine.</summary>
    Gateway,
}

/// <summary>What a table of the database holds, why and for whom (P-4.1), in words that a parent understands.</summary>
/// <param name="Table">Its name.</param>
/// <param name="About">Whom it is about.</param>
/// <param name="Title">What its rows are.</param>
/// <param name="Purpose">Why they are kept.</param>
/// <param name="Recipients">Who receives something of it.</param>
/// <param name="Columns">Every column of it, several in one line where one sentence says them all.</param>
internal sealed record RecordedTable(string Table, Subject About, string Title, string Purpose, string Recipients, params RecordedColumns[] Columns);

/// <summary>Columns of a table, separated by spaces, and what they hold.</summary>
internal sealed record RecordedColumns(string Names, string What)
{
    public IReadOnlyList<string> Each => Names.Split(' ');
}
