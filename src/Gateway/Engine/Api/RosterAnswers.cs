using System.Text.Json.Serialization.Metadata;
using Gateway.Hosting;
using Gateway.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Engine.Api;

/// <summary>From an engine's request to its answer: what all of the roster's endpoints have in common.</summary>
internal sealed class RosterAnswers(RosterReader reader, PublicAddress address)
{
    private static readonly string[] Kept = ["limit", "fields"];

    /// <summary>Answers with a page of a list, or with a problem.</summary>
    /// <param name="http">The request.</param>
    /// <param name="district">The district's slug.</param>
    /// <param name="fields">The fields that rows of this list can have.</param>
    /// <param name="plan">Makes the question.</param>
    /// <param name="type">How the page is written.</param>
    /// <param name="ordered">Which rows a long list goes through; null for one that is read whole.</param>
    public async Task<IResult> PageAsync<T>(
        HttpContext http, string district, IReadOnlyCollection<string> fields, Func<EngineView, PageRequest, Outcome<RosterQuery<RosterRows<T>>>> plan, JsonTypeInfo<Page<T>> type,
        OrderedRows? ordered = null)
    {
        var request = PageRequest.Read(http.Request.Query, fields);
        if (!request.Succeeded)
            return Problem(request.Failures);
        var page = request.Value;
        var rows = await reader.ReadAsync(EngineApi.ClientIdOf(http.User), district, page.Fields, view => plan(view, page), http.RequestAborted,
            ordered is { } through ? new(through, page.After) : null);
        return rows.Succeeded
            ? new TaggedJson<Page<T>>(new(rows.Value.Rows, rows.Value.Next is { } next ? NextOf(http.Request, next) : null), type)
            : Problem(rows.Failures);
    }

    /// <summary>Answers with one thing, or with a problem.</summary>
    public async Task<IResult> OneAsync<T>(
        HttpContext http, string district, IReadOnlyCollection<string> fields, Func<EngineView, Outcome<RosterQuery<T>>> plan, JsonTypeInfo<T> type)
    {
        var wanted = PageRequest.ReadFields(http.Request.Query, fields);
        if (!wanted.Succeeded)
            return Problem(wanted.Failures);
        var found = await reader.ReadAsync(EngineApi.ClientIdOf(http.User), district, wanted.Value.Count == 0 ? null : wanted.Value, plan, http.RequestAborted);
        return found.Succeeded ? new TaggedJson<T>(found.Value, type) : Problem(found.Failures);
    }

    public static IResult Problem(IReadOnlyList<Failure> failures) => Problems.Of(failures, ApiFailures.StatusOf(failures[0]));

    // Everything else that was asked for is asked for again.
    private string NextOf(HttpRequest request, string after)
    {
        var next = $"{address.Url}{request.Path}?after={after}";
        foreach (var name in Kept)
        {
            if (request.Query[name] is { Count: > 0 } given)
                next = QueryHelpers.AddQueryString(next, name, given.ToString());
        }

        return next;
    }
}
