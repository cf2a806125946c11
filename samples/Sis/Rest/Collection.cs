namespace Samples.Sis.Rest;

/// <summary>One of the collections: what it is called, its rows in the order of their sourcedIds, and how a row is written.</summary>
internal abstract class Collection
{
    public required string Wrapper { get; init; }

    public required string Single { get; init; }

    public bool Demographics { get; init; }

    public abstract Page Read(Roster roster, RowQuery query);

    public abstract bool Knows(string field);

    /// <summary>The rows of one answer and how many there are in all.</summary>
    internal sealed record Page(int Total, int Rows, Action<RowWriter, int> WriteRow);
}

internal sealed class Collection<T> : Collection
{
    private const int SortableRows = 50_000;

    public required Func<Roster, int> Count { get; init; }

    public required Func<Roster, int, IEnumerable<T>> Rows { get; init; }

    public required Action<Roster, T, RowWriter> Write { get; init; }

    /// <summary>What may be filtered and sorted by, besides status and dateLastModified.</summary>
    public required Dictionary<string, Func<T, string?>> Values { get; init; }

    /// <summary>The student on whose leaving the row depends, if any.</summary>
    public Func<T, int?> Student { get; init; } = _ => null;

    public override bool Knows(string field) => field is "status" or "dateLastModified" || Values.ContainsKey(field);

    public override Page Read(Roster roster, RowQuery query)
    {
        Filter? filter = query.Filter is { IsActiveOnly: true } && roster.Marked == 0 ? null : query.Filter;
        bool natural = query.Sort is null or "sourcedId" && !query.Descending;
        List<T> page;
        int total;
        if (query.Shuffle != 0)
        {
            List<T> all = [.. Rows(roster, 0).OrderBy(row => Disorder(Values["sourcedId"](row)!, query.Shuffle))];
            (total, page) = (all.Count, [.. all.Skip(query.Offset).Take(query.Limit)]);
        }
        else if (filter is null && (natural || Count(roster) > SortableRows))
        {
            total = Count(roster);
            page = query.Offset >= total ? [] : [.. Rows(roster, query.Offset).Take(query.Limit)];
        }
        else
        {
            IEnumerable<T> found = Rows(roster, 0).Where(row => filter?.Matches(field => Value(roster, row, field)) ?? true);
            if (natural)
            {
                (total, page) = CountAndTake(found, query);
            }
            else
            {
                List<T> all = [.. found.OrderBy(row => Value(roster, row, query.Sort ?? "sourcedId"), StringComparer.Ordinal)];
                if (query.Descending)
                    all.Reverse();
                total = all.Count;
                page = [.. all.Skip(query.Offset).Take(query.Limit)];
            }
        }
        return new Page(total, page.Count, (writer, i) =>
        {
            writer.Start();
            Write(roster, page[i], writer);
            writer.End();
        });
    }

    private static uint Disorder(string id, int order)
    {
        uint hash = (uint)order * 2654435761;
        foreach (char letter in id)
            hash = (hash ^ letter) * 16777619;
        return hash;
    }

    private static (int Total, List<T> Page) CountAndTake(IEnumerable<T> found, RowQuery query)
    {
        var page = new List<T>();
        int total = 0;
        foreach (T row in found)
        {
            if (total >= query.Offset && page.Count < query.Limit)
                page.Add(row);
            total++;
        }
        return (total, page);
    }

    private string? Value(Roster roster, T row, string field) => field switch
    {
        "status" => Student(row) is { } s && roster.IsMarked(s) ? "tobedeleted" : "active",
        "dateLastModified" => RowWriter.Timestamp(Student(row) is { } s ? roster.ModifiedAt(s) : roster.Unchanged),
        _ => Values[field](row),
    };
}
