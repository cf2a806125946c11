using System.Globalization;
using Gateway.Hosting;

namespace Gateway.Privacy.Rights;

/// <summary>What whoever holds a certificate sees; it prints well.</summary>
internal static class CertificatePages
{
    // The tables, in words of those who do not know them.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["learner"] = "the person's record: role, grades where the district gives them, first and last day seen",
        ["learner_identity"] = "pseudonyms that led to it",
        ["enrollment"] = "places in classes",
        ["launch"] = "records of launches",
        ["score_delivery"] = "records of scores, and scores that were not delivered yet",
        ["change"] = "entries of the change feed",
        ["learner_conflict"] = "notes that ids did not fit together",
        ["learner_join"] = "notes of what was joined, to undo it",
    };

    public static IResult Form(PathString own, Failure? failure) => Page.Of(
        "Check a certificate of deletion", failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        $"""
        <h1>Check a certificate of deletion</h1>
        {(failure is null ? "" : $"""<p class="what" role="alert" data-testid="failure">{Page.Text(failure.Message)}</p><dl><dt>Code</dt><dd><code data-testid="code">{Page.Text(failure.Code)}</code></dd></dl>""")}
        <p>Paste the whole text of the certificate. It is checked with the public key of this gateway, and not kept.</p>
        <form method="post" action="{Page.Text(own.Add(CertificateEndpoints.VerifyPath))}">
          <p><label for="certificate">Certificate</label></p>
          <p><textarea id="certificate" name="certificate" rows="10" cols="60" required spellcheck="false" autocomplete="off"></textarea></p>
          <button type="submit" data-testid="check">Check</button>
        </form>
        <p>To check it without this page: <a href="{Page.Text(own.Add(CertificateEndpoints.KeysPath))}">the public keys</a>, and
          <code>gateway privacy certificate --verify FILE --key KEYS.json</code>.</p>
        """);

    public static IResult Of(VerifiedCertificate certificate) => Page.Of(
        "Certificate of deletion", StatusCodes.Status200OK,
        $"""
        <h1>Certificate of deletion</h1>
        <p class="what" data-testid="valid">The signature is good: this gateway issued it, and nothing was altered.</p>
        <dl>
          <dt>District</dt><dd data-testid="district">{Page.Text(certificate.Content.DistrictName ?? certificate.Content.District)}</dd>
          <dt>{(certificate.Content.From == certificate.Content.To ? "Deleted" : "Deleted from")}</dt><dd>{Time(certificate.Content.From)}</dd>
          {(certificate.Content.From == certificate.Content.To ? "" : $"<dt>Deleted until</dt><dd>{Time(certificate.Content.To)}</dd>")}
          <dt>Rule</dt><dd>{Page.Text(certificate.Content.Rule)}</dd>
        </dl>
        <table>
          <thead><tr><th scope="col">Data</th><th scope="col">Records</th></tr></thead>
          <tbody>
          {string.Concat(certificate.Content.Deleted.Select(one => $"<tr><td>{Page.Text(Words.GetValueOrDefault(one.Key, one.Key))}</td><td>{one.Value.ToString(CultureInfo.InvariantCulture)}</td></tr>\n"))}
          </tbody>
        </table>
        {Confirmations(certificate.Content.Confirmed)}
        <dl>
          <dt>Issued by</dt><dd>{Page.Text(certificate.Issuer)}</dd>
          <dt>Issued</dt><dd>{Time(certificate.IssuedAt)}</dd>
          <dt>Number</dt><dd><code>{Page.Text(certificate.Id)}</code></dd>
          <dt>Key</dt><dd><code>{Page.Text(certificate.Kid)}</code></dd>
        </dl>
        <p>It names nobody: the gateway keeps no list of whom it erased.</p>
        """);

    private static string Confirmations(IReadOnlyList<ConfirmedBy> confirmed) => confirmed.Count == 0 ? "" :
        $"""
        <h2>Copies at practice engines</h2>
        <dl>{string.Concat(confirmed.Select(one => $"<dt>{Page.Text(one.Engine)}</dt><dd>{(one.At is { } at ? $"confirmed {Time(at)}" : "not confirmed yet")}</dd>"))}</dl>
        """;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
