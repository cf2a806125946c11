using Gateway.Identity;
using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary>One engine's look at one district: what it may be given, which of that it asked for, and its own ids.</summary>
internal sealed class EngineView(RegisteredEngine engine, EngineDistrict district, DateOnly today, IReadOnlySet<string>? wanted)
{
    private readonly EngineIdPage ids = engine.Ids.Begin();

    public EngineDistrict District => district;

    public DateOnly Today => today;

    public string ClientId => engine.ClientId;

    /// <summary>The order of the list that is asked for, where it is a long one.</summary>
    public ListOrder? Order { get; set; }

    /// <summary>Where the feed stood when the engine began to read the list, for the cursor.</summary>
    public EngineId Since() => Id(EngineIdKind.Cursor, Order!.Since);

    /// <summary>Rows' places in the engine's order.</summary>
    public UInt128[] KeysOf(EngineIdKind kind, ReadOnlySpan<long> rows) => engine.Ids.KeysOf(kind, district.Id, rows);

    /// <summary>A permutation of the engine's own.</summary>
    public EngineShuffle Shuffle(long name, long count) => new(engine.Ids, district.Id, name, count);

    public bool Gives(SharedField field) => district.Mapping.Gives(field);

    /// <summary>
    /// What a query selects for a field of the answer: its column, or null. A column that the district does not give, or that the engine
    /// did not ask for, is not named in the query at all.
    /// </summary>
    /// <param name="name">The field's name in the answer.</param>
    /// <param name="sql">The column.</param>
    /// <param name="needs">What the district must give for it.</param>
    public string Column(string name, string sql, SharedField? needs = null) => (needs is not { } field || Gives(field)) && Wants(name) ? sql : "null";

    /// <summary>Whether the engine asked for a field of the answer.</summary>
    public bool Wants(string name) => wanted?.Contains(name) != false;

    /// <summary>Makes room for the ids of an answer, as far as they can be foreseen.</summary>
    public void Reserve(int expected) => ids.Reserve(expected);

    public EngineId Id(EngineIdKind kind, long row) => ids.Add(kind, district.Id, row);

    /// <summary>The row behind an id that the engine sent; null when it is none of its ids of this kind and district.</summary>
    public long? RowOf(EngineIdKind kind, string id)
    {
        if (engine.Ids.RowOf(kind, district.Id, id) is { } row)
            return row;
        StrayedFrom ??= engine.Ids.DistrictOf(kind, id);
        return null;
    }

    /// <summary>The other district to which an id leads that the engine sent; null as long as there is none.</summary>
    public int? StrayedFrom { get; private set; }

    public string? Role(string? role) => role is null ? null : district.Mapping.WordForRole(role);

    public IReadOnlyList<string>? Grades(string[]? grades) => grades is null ? null : [.. grades.Select(district.Mapping.WordForGrade)];
}
