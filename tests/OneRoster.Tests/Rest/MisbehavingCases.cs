using OneRoster.Model;
using OneRoster.Rest;
using Samples.Sis;
using F = OneRoster.Validation.RosterFailures;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Tests.Rest;

/// <summary>What servers do in the field, one case each.</summary>
internal static class MisbehavingCases
{
    public static readonly IReadOnlyList<MisbehavingCase> All =
    [
        new("no counts and no links") { Lasting = new() { OmitCounts = true } },
        new("clamps the limit silently") { Lasting = new() { ClampLimit = 37 } },
        new("clamps the limit silently, no counts") { Lasting = new() { ClampLimit = 37, OmitCounts = true } },
        new("clamps the limit to one row, no counts") { Lasting = new() { ClampLimit = 1, OmitCounts = true } },
        new("counts too many rows") { Lasting = new() { CountOffBy = 3 }, Fails = F.RowsMissing, Findings = [R.RowsMoved], Restarts = 1 },
        new("counts too few rows") { Lasting = new() { CountOffBy = -1 }, Findings = [R.MoreThanCounted] },
        new("counts the rows of the page") { Lasting = new() { CountPages = true }, Findings = [R.MoreThanCounted] },
        new("another order for each page") { Lasting = new() { Shuffle = true }, Fails = F.ChangedWhileRead, Findings = [R.RepeatedRow, R.RowsMoved], Restarts = 3 },
        new("another order for each page, no counts")
        {
            Lasting = new() { Shuffle = true, OmitCounts = true }, Fails = F.ChangedWhileRead, Findings = [R.RowsMoved], Restarts = 3,
        },
        new("rows leave between pages") { Before = Changes(withdraw: 30), Findings = [R.CountChanged], Restarts = 1 },
        new("rows arrive between pages") { Before = Changes(add: 3), Findings = [R.CountChanged], Restarts = 1 },
        new("rows leave between pages, no counts")
        {
            Lasting = new() { OmitCounts = true }, Before = Changes(withdraw: 30), Findings = [R.RowsMoved], Restarts = 1,
        },
        new("rows leave twice") { Before = Changes(withdraw: 5, times: 2), Findings = [R.CountChanged], Restarts = 2, MayMeetThePageAhead = true },
        new("rows leave all the time") { Before = Changes(withdraw: 5, times: 50), Fails = F.ChangedWhileRead, Findings = [R.CountChanged], Restarts = 3 },
        new("rows leave all the time, no counts")
        {
            Lasting = new() { OmitCounts = true }, Before = Changes(withdraw: 5, times: 50), Fails = F.ChangedWhileRead, Findings = [R.RowsMoved], Restarts = 3,
        },
        new("repeats rows of the page before") { Lasting = new() { RepeatRows = 3 }, Findings = [R.RepeatedRow] },
        new("ignores the offset") { Lasting = new() { IgnoreOffset = true }, Fails = F.RowsMissing, Findings = [R.RowsMoved], Restarts = 1 },
        new("ignores the offset, no counts") { Lasting = new() { IgnoreOffset = true, OmitCounts = true }, Fails = F.OffsetIgnored },
        new("ignores the offset, clamps the limit, no counts") { Lasting = new() { IgnoreOffset = true, ClampLimit = 10, OmitCounts = true }, Fails = F.OffsetIgnored },
        new("knows offsets that are multiples of the limit only") { Lasting = new() { WholePagesOnly = true } },
        new("knows offsets that are multiples of the limit only, no counts") { Lasting = new() { WholePagesOnly = true, OmitCounts = true } },
        new("ignores fields") { Lasting = new() { IgnoreFields = true } },
        new("refuses fields") { Lasting = new() { RefuseFields = true }, Findings = [R.SelectionRefused] },
        new("refuses sort with 422") { Lasting = new() { RefuseSort = true, RefusalStatus = 422 }, Findings = [R.SelectionRefused] },
        new("refuses fields and sort with 400 and does not say so")
        {
            Lasting = new() { RefuseFields = true, RefuseSort = true, NamelessRefusals = true }, Findings = [R.SelectionRefused],
        },
        new("refuses fields and sort with 422 and does not say so")
        {
            Lasting = new() { RefuseFields = true, RefuseSort = true, NamelessRefusals = true, RefusalStatus = 422 }, Findings = [R.SelectionRefused],
        },
        new("refuses fields with a flat imsx_codeMinor") { Lasting = new() { RefuseFields = true, Errors = ErrorStyle.Flat }, Findings = [R.SelectionRefused] },
        new("refuses sort in plain text") { Lasting = new() { RefuseSort = true, Errors = ErrorStyle.PlainText }, Findings = [R.SelectionRefused] },
        new("refuses to filter")
        {
            Lasting = new() { RefuseFilter = true }, With = (_, options) => options with { ChangedSince = DateTimeOffset.UnixEpoch }, Fails = F.FilterRefused,
        },
        new("refuses to filter and does not say so")
        {
            Lasting = new() { RefuseFilter = true, NamelessRefusals = true, RefusalStatus = 422 },
            With = (_, options) => options with { ChangedSince = DateTimeOffset.UnixEpoch }, Fails = F.FilterRefused, Findings = [R.SelectionRefused],
        },
        new("429 with seconds") { Before = sis => sis.Faults.AnswerTooManyRequests(2, 7), Waits = TimeSpan.FromSeconds(7) },
        new("429 with a date") { Lasting = new() { RetryAfterAsDate = true }, Before = sis => sis.Faults.AnswerTooManyRequests(1, 42), Waits = TimeSpan.FromSeconds(42) },
        new("429 in plain text") { Lasting = new() { Errors = ErrorStyle.PlainText }, Before = sis => sis.Faults.AnswerTooManyRequests(1, 3), Waits = TimeSpan.FromSeconds(3) },
        new("429 for a day") { Before = sis => sis.Faults.AnswerTooManyRequests(1, 86_400), Fails = F.Unavailable },
        new("401 in the middle") { Before = sis => sis.Faults.RevokeTokensAfter(5) },
        new("502 twice") { Before = sis => sis.Faults.AnswerBadGateway(2), Findings = [R.PageSizeReduced] },
        new("502 for ever") { Before = sis => sis.Faults.AnswerBadGateway(1000), Fails = F.Unavailable },
        new("502 above 60 rows") { Lasting = new() { BadGatewayAbove = 60 }, Findings = [R.PageSizeReduced] },
        new("413 above 60 rows") { Lasting = new() { TooLargeAbove = 60 }, Findings = [R.PageSizeReduced] },
        new("422 above 60 rows") { Lasting = new() { UnprocessableAbove = 60 }, Findings = [R.PageSizeReduced] },
        new("413 always") { Lasting = new() { TooLargeAbove = 0 }, Fails = F.UnexpectedStatus },
        new("breaks off in the middle of a page") { Before = sis => sis.Faults.DieInside("enrollments", 250) },
        new("breaks off in the middle of a page, no counts") { Lasting = new() { OmitCounts = true }, Before = sis => sis.Faults.DieInside("enrollments", 250, times: 2) },
        new("a byte at a time above 60 rows") { Lasting = new() { DripAbove = 60 }, With = Impatient, Findings = [R.PageSizeReduced] },
        new("a byte at a time") { Lasting = new() { DripAbove = 0 }, With = Impatient, Fails = F.TooSlow },
        new("HTML with status 200") { Before = sis => sis.Faults.AnswerHtml(1), Fails = F.WrongContentType },
        new("JSON that says it is text") { Lasting = new() { ContentType = "text/plain" } },
        new("no wrapper") { Lasting = new() { BareArray = true }, Fails = F.WrapperMissing },
        new("truncated JSON") { Before = sis => sis.Faults.Truncate(1), Fails = F.JsonTruncated },
        new("relative links") { Lasting = new() { Links = LinkStyle.Relative } },
        new("links to another host") { Lasting = new() { Links = LinkStyle.Foreign }, Findings = [R.ForeignLink] },
        new("pages by cursor") { Lasting = new() { Links = LinkStyle.Cursor } },
        new("links in a circle") { Lasting = new() { Links = LinkStyle.Looping }, Fails = F.LinkLoop },
        new("redirects to another host") { Lasting = new() { Redirect = true }, Fails = F.Redirected },
        new("odd values, and a student without a role") { Lasting = new() { OddRows = true }, Findings = [R.RequiredValueMissing], Fewer = 1 },
        new("the scope in the query") { Lasting = new() { ScopeInQuery = true } },
        new("the secret in the form") { Lasting = new() { ClientInForm = true } },
        new("the scope in the query and the secret in the form") { Lasting = new() { ScopeInQuery = true, ClientInForm = true } },
        new("knows no scopes") { Lasting = new() { NoScopes = true }, With = WithoutScope },
        new("knows no scopes, and is asked for one") { Lasting = new() { NoScopes = true }, Fails = F.TokenRefused },
        new("OAuth 1.0a with HMAC-SHA256") { Lasting = new() { Authorization = SisAuthorization.OAuth1Sha256 }, With = Signed(OAuth1Method.HmacSha256) },
        new("OAuth 1.0a with HMAC-SHA1") { Lasting = new() { Authorization = SisAuthorization.OAuth1Sha1 }, With = Signed(OAuth1Method.HmacSha1) },
        new("OAuth 1.0a, pages by cursor")
        {
            Lasting = new() { Authorization = SisAuthorization.OAuth1Sha256, Links = LinkStyle.Cursor }, With = Signed(OAuth1Method.HmacSha256),
        },
        new("OAuth 1.0a with the wrong method")
        {
            Lasting = new() { Authorization = SisAuthorization.OAuth1Sha1 }, With = Signed(OAuth1Method.HmacSha256), Fails = F.Unauthorized,
        },
        new("a static token")
        {
            Lasting = new() { Authorization = SisAuthorization.StaticToken }, With = (stage, options) => options with { Access = new RestAccess.StaticBearer(stage.Sis.ClientSecret) },
        },
        new("a wrong static token")
        {
            Lasting = new() { Authorization = SisAuthorization.StaticToken }, With = (_, options) => options with { Access = new RestAccess.StaticBearer("made-up") }, Fails = F.Unauthorized,
        },
        new("1.1 only, and called 1.2") { Lasting = new() { OnlyPath = "/ims/oneroster/v1p1" }, Fails = F.UnexpectedStatus },
        new("1.1 under an old path")
        {
            Lasting = new() { OnlyPath = "/learningdata/v1" },
            With = (stage, options) => new RestRosterSourceOptions(OneRosterVersion.V1P1, new Uri(stage.Url, "/learningdata/v1"), stage.Credentials) { PageSize = 100 },
        },
    ];

    private static Action<SisOptions> Changes(int withdraw = 0, int add = 0, int times = 1) => sis =>
        sis.Faults.Change(new RosterChange("users", AfterPages: 2, withdraw, add, times, EveryPages: 2));

    private static RestRosterSourceOptions Impatient(SisStage stage, RestRosterSourceOptions options) =>
        options with { LongestPage = TimeSpan.FromMilliseconds(40), Attempts = 3 };

    private static RestRosterSourceOptions WithoutScope(SisStage stage, RestRosterSourceOptions options) =>
        options with { Access = (RestAccess.ClientCredentials)options.Access with { Scope = "" } };

    private static Func<SisStage, RestRosterSourceOptions, RestRosterSourceOptions> Signed(OAuth1Method method) =>
        (stage, options) => options with { Access = new RestAccess.OAuth1(stage.Sis.ClientId, stage.Sis.ClientSecret, method) };
}
