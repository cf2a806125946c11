using Gateway.Engine.Api;
using Gateway.Identity;

namespace Gateway.Engine;

/// <summary>Rows as an engine would be given them.</summary>
/// <param name="Mapping">With this mapping.</param>
/// <param name="Classes">Some classes of the district.</param>
/// <param name="Learners">Some of its learners.</param>
internal sealed record MappingPreview(FieldMapping Mapping, IReadOnlyList<ClassResource> Classes, IReadOnlyList<LearnerResource> Learners);

/// <summary>Shows what an engine is given, or would be after a change, on rows that the district has. Changes nothing.</summary>
internal sealed class PreviewMapping(FieldMappings mappings, EngineClients engines, EngineDistricts districts, RosterReader reader)
{
    public async Task<Outcome<MappingPreview>> RunAsync(Storage.Model.District district, MappingWish wish, int rows, CancellationToken cancellation)
    {
        var problems = MappingRules.Check(wish with { By = "preview" });
        if (problems.Count > 0)
            return Outcome<MappingPreview>.Failed(problems);
        if (await engines.FindAsync(wish.ClientId, cancellation) is not { } engine)
            return EngineClientRules.Unknown;
        var now = (await mappings.HistoryAsync(district.Id, wish.ClientId, cancellation)).FirstOrDefault() is { } row
            ? FieldMappings.Of(row)
            : FieldMapping.Default with { Enabled = (await districts.ListAsync(wish.ClientId, cancellation)).Any(seen => seen.Id == district.Id) };
        var next = MappingRules.Apply(now, wish);
        var seen = new EngineDistrict(district.Id, district.Slug, district.Name, district.TimeZone, next);
        var page = new PageRequest(rows, null, null);
        return new MappingPreview(
            next,
            (await reader.LookAsync(engine, seen, OrderedRows.Classes, view => ListClasses.Plan(view, page), cancellation)).Rows,
            (await reader.LookAsync(engine, seen, OrderedRows.Learners, view => ListLearners.Plan(view, page), cancellation)).Rows);
    }
}
