using System.Text.Json.Nodes;
using Gateway.Stage;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>Something that must be refused.</summary>
/// <param name="Name">What it is, in the words of the requirements where these have any.</param>
/// <param name="Code">The stable code that it must be refused with.</param>
/// <param name="PrepareAsync">All that may leave something behind; what it gives is then sent and must not.</param>
/// <param name="Status">The status of the answer.</param>
internal sealed record RefusedCase(string Name, string Code, Func<CaseStage, Task<Func<Task<Answer>>>> PrepareAsync, int Status = 400)
{
    /// <summary>Tables that somebody is told in what was refused: nothing of a person.</summary>
    public IReadOnlyList<string> Tells { get; init; } = [];

    /// <summary>A token that was signed by the platform after its claims were changed.</summary>
    public static RefusedCase Claims(string name, string code, Action<JsonObject> change, string client = CaseStage.Main) => Token(name, code, launch => launch.Sign(change), client);

    /// <summary>A token whose header is written by hand, well signed as RS256.</summary>
    public static RefusedCase Header(string name, string code, string header) => Token(name, code, launch => launch.Sign(header: header));

    public static RefusedCase Token(string name, string code, Func<CaseLaunch, string> make, string client = CaseStage.Main, int status = 400) =>
        new(name, code, async cases =>
        {
            var launch = await cases.BeginAsync(client);
            return () => launch.SendAsync(make(launch));
        }, status);

    /// <summary>A good token, and keys of the platform that are not.</summary>
    public static RefusedCase Keys(string name, string code, Func<IResult> keys) => new(name, code, async cases =>
    {
        var launch = await cases.BeginAsync(await cases.RegisterAsync("keys: " + name, keys));
        return () => launch.SendAsync(launch.Sign());
    });

    /// <summary>A login that goes nowhere, by POST and by GET.</summary>
    public static IEnumerable<RefusedCase> Login(string name, string code, Action<Dictionary<string, string>> change) =>
        new[] { HttpMethods.Post, HttpMethods.Get }.Select(method =>
            new RefusedCase($"{name}, by {method}", code, cases => Task.FromResult(() => cases.LoginAsync(CaseStage.Main, change, method))));

    /// <summary>The platform answers with an error (OpenID Connect Core 3.1.2.6).</summary>
    public static RefusedCase Error(string error, string code) => new($"platform answers {error}", code, async cases =>
    {
        var launch = await cases.BeginAsync();
        return () => launch.PostAsync(new() { ["error"] = error, ["error_description"] = "canary words", ["state"] = launch.State });
    });
}
