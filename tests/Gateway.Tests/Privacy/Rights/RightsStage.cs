using System.Text;
using Gateway.Alerts;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Storage.Model;
using Gateway.Tests.Engine;

namespace Gateway.Tests.Privacy.Rights;

/// <summary>One stage for the tests of people's rights, one after another: a roster, an LMS and two engines.</summary>
[CollectionDefinition(Name)]
public sealed class RightsStage : ICollectionFixture<EngineStage>
{
    public const string Name = "Rights";
}

/// <summary>What those tests do again and again.</summary>
internal static class Rights
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Somebody of the LMS, by the id that the LMS sends.</summary>
    public static async Task<PersonId> OfLmsAsync(this EngineStage stage, string login)
    {
        var platform = await stage.Stage.Database.AskAsync<int>("select min(id) from gateway.registration");
        return PersonId.Read(Encoding.UTF8.GetBytes(stage.Stage.PersonOf(login).UserId), platform).Value;
    }

    /// <summary>Somebody of the roster, by sourcedId.</summary>
    public static PersonId OfSis(string id) => PersonId.Read(Encoding.UTF8.GetBytes(id), null).Value;

    /// <summary>A launch, and the learner's number.</summary>
    public static async Task<long> LaunchAsync(this EngineStage stage, string login) =>
        (await stage.Stage.LearnerOfAsync(await stage.Stage.LaunchAsync(login, stage.Engine)))!.Value;

    public static async Task<ErasedPerson> EraseAsync(this EngineStage stage, PersonId person, bool block = false)
    {
        var erased = await stage.Get<ErasePerson>().RunAsync(stage.Stage.District, person, block, block ? ErasePerson.Objection : ErasePerson.Request, Cancellation);
        Assert.Empty(erased.Failures);
        return erased.Value;
    }

    public static async Task<string?> CodeAsync(this EngineStage stage, string login)
    {
        using var visitor = await Visitor.SignInAsync(stage.Stage, login);
        var sent = await visitor.SendAsync(await visitor.PrepareAsync());
        return sent.Location is null ? sent.PageCode : null;
    }

    /// <summary>The learner's number of a sourcedId of the made-up roster; null when there is none.</summary>
    public static async Task<long?> LearnerOfSisAsync(this EngineStage stage, string id)
    {
        var report = await stage.Get<DistrictKeys>().GetAsync(stage.District, Cancellation);
        var hash = SisPerson.Of(report, Encoding.UTF8.GetBytes(id)).Value;
        return await stage.Stage.Database.AskAsync<long>($"select coalesce((select learner_id from gateway.learner_identity where district_id = {stage.District} and kind = 2 and hash = '{hash}'), 0)") is > 0 and var found ? found : null;
    }

    /// <summary>Every table with a column of this name, and how many of its rows name the learner.</summary>
    public static async Task<Dictionary<string, long>> RowsOfAsync(this EngineStage stage, long learner)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in await stage.Stage.Database.AskAsync<string[]>("select array_agg(table_name::text) from information_schema.columns where table_schema = 'gateway' and column_name = 'learner_id'"))
            counts[table] = await stage.Stage.Database.AskAsync<long>($"select count(*) from gateway.{table} where learner_id = {learner}");
        counts["learner_join"] = await stage.Stage.Database.AskAsync<long>($"select count(*) from gateway.learner_join where kept_id = {learner} or dropped_id = {learner}");
        counts["learner"] = await stage.Stage.Database.AskAsync<long>($"select count(*) from gateway.learner where id = {learner}");
        counts["change"] = await stage.Stage.Database.AskAsync<long>(
            $"select count(*) from gateway.change where kind <> 'erased' and ((entity = 'learner' and (entity_id = {learner} or other_id = {learner})) or (entity = 'enrollment' and other_id = {learner}))");
        return counts;
    }

    public static Task<List<AuditLine>> AuditAsync(this EngineStage stage, int limit) => stage.Get<ListAudit>().RunAsync(stage.District, limit, Cancellation);

    public static District District(this EngineStage stage) => stage.Stage.District;

    public static Task<long> IncidentsAsync(this EngineStage stage, IncidentKind kind) =>
        stage.Stage.Database.AskAsync<long>($"select coalesce((select total from gateway.incident where district_id = {stage.District} and kind = '{kind.Name}'), 0)");
}
