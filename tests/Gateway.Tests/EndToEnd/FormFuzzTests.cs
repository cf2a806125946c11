using System.Net;
using System.Text;
using FsCheck.Fluent;
using Gateway.Stage;
using Gateway.Tests.EndToEnd.Cases;
using Lti.Launches;
using Lti.Tests.Fuzz;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.EndToEnd;

/// <summary>Bodies of any bytes, posted to a whole gateway.</summary>
[Trait("Requirement", "L-1.10")]
public sealed class FormFuzzTests(CaseStage cases) : IClassFixture<CaseStage>
{
    private const int Posts = 1_500;
    private static readonly HashSet<string> Codes = [.. LaunchRefusal.Catalogue.Select(refusal => refusal.Code), "launch.control_character"];

    [Fact]
    public async Task Any_body_is_answered_with_a_page_and_a_code_and_leaves_nothing()
    {
        var launch = await cases.BeginAsync();
        var token = launch.Sign();
        var value = Gen.OneOf(
            Hostile.Text, Hostile.Json, Gen.Elements(launch.State, token[..^9], "", "login_required", "\ud800", CaseStage.Main, cases.Platform.Issuer),
            Hostile.Bent(token, "ABab09-_."), Hostile.Bent(launch.State, "ABab09-_."));
        var field = from name in Gen.Elements("id_token", "state", "error", "iss", "login_hint", "client_id", "target_link_uri", "x") from text in value select (name, text);
        var form = field.ListOf().Resize(6).Select(fields => Encoding.UTF8.GetBytes(string.Join('&', fields.Select(one => $"{one.name}={Escape(one.text)}"))));
        var bytes = Gen.Choose(0, 255).Select(one => (byte)one).ArrayOf();
        var inputs =
            from path in Gen.Elements("/lti/launch", "/lti/login")
            from type in Gen.Frequency((5, Gen.Constant("application/x-www-form-urlencoded")), (1, Gen.Elements("multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain; charset=utf-16", "x")))
            from body in Gen.OneOf(form, bytes)
            select new Input<(string Path, string Type, byte[] Body)>($"{body.Length} bytes of {type} to {path}", (path, type, body));
        var (before, lines) = (await cases.RowsAsync(), cases.Stage.Log.Entries.Count);

        Assert.Equal(Posts, Fuzzing.Run(Posts, inputs, input =>
        {
            var answer = PostAsync(input.Path, input.Type, input.Body, launch.Cookie).GetAwaiter().GetResult();
            // A login of a registered platform is answered with a redirect, and leaves nothing either.
            if (input.Path == "/lti/login" && answer.Status == HttpStatusCode.Found)
                return;
            Assert.InRange((int)answer.Status, 400, 499);
            Assert.Contains(answer.PageCode!, Codes);
        }));

        Assert.Equal(before, await cases.RowsAsync());
        Assert.DoesNotContain(cases.Stage.Log.Entries.Skip(lines), line => line.Level >= LogLevel.Error);
    }

    private static string Escape(string text) => WebUtility.UrlEncode(text);

    private async Task<Answer> PostAsync(string path, string type, byte[] body, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cases.Stage.GatewayUrl + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await cases.Browser.SendAsync(request, cookie);
    }
}
