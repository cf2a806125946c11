using System.CommandLine;
using System.Globalization;
using Gateway.Districts;
using Gateway.Privacy;
using Gateway.Storage.Model;

namespace Gateway.Commands;

/// <summary><c>privacy certificate</c>: issues a certificate of deletion, or checks one without a database.</summary>
internal static class CertificateCommand
{
    private static readonly Argument<string?> District = new("district") { Description = "The district's slug.", HelpName = "DISTRICT", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<Guid?> Erasure = new("--erasure") { Description = "Of one erasure, by the number that `privacy erase` printed.", HelpName = "ID" };
    private static readonly Option<bool> Retention = new("--retention") { Description = "Of what the retention clock deleted; with --from and --to." };
    private static readonly Option<DateOnly?> From = new("--from") { Description = "The first day (yyyy-MM-dd, UTC)." };
    private static readonly Option<DateOnly?> To = new("--to") { Description = "The last day." };
    private static readonly Option<bool> Whole = new("--district") { Description = "Of a whole district that was deleted after its contract." };
    private static readonly Option<string> Verify = new("--verify") { Description = "Check a certificate in a file; needs no database.", HelpName = "FILE" };
    private static readonly Option<string> Key = new("--key") { Description = "The public keys: what /privacy/certificates/keys answers, in a file.", HelpName = "JWKS.json" };

    public static Command Certificate()
    {
        var command = new Command("certificate", "Prove a deletion by a signed statement, or check such a statement.") { District, Erasure, Retention, From, To, Whole, Verify, Key };
        command.Validators.Add(result =>
        {
            var wanted = new[] { result.GetValue(Erasure) is not null, result.GetValue(Retention), result.GetValue(Whole), result.GetValue(Verify) is not null }.Count(given => given);
            if (wanted != 1)
                result.AddError("Give one of --erasure, --retention, --district and --verify.");
            else if (result.GetValue(Verify) is not null ? result.GetValue(Key) is null : result.GetValue(District) is null)
                result.AddError(result.GetValue(Verify) is not null ? "--verify needs --key, a file with the public keys." : "Say which district.");
            else if (result.GetValue(Retention) && (result.GetValue(From) is null || result.GetValue(To) is null))
                result.AddError("--retention needs --from and --to.");
        });
        command.Runs(IssueAsync);
        var issue = command.Action;
        command.SetAction((parsed, cancellation) => parsed.GetValue(Verify) is { } file
            ? CheckAsync(file, parsed.GetValue(Key)!, CommandOutput.Of(parsed), cancellation)
            : ((System.CommandLine.Invocation.AsynchronousCommandLineAction)issue!).InvokeAsync(parsed, cancellation));
        return command;
    }

    private static async Task<int> IssueAsync(Invocation invocation)
    {
        var issued = await WantedAsync(invocation);
        return issued.Succeeded
            ? invocation.Output.Done(new { id = issued.Value.Id, issued.Value.Kind, issued.Value.IssuedAt, certificate = issued.Value.Statement }, issued.Value.Statement)
            : invocation.Output.Failed(issued.Failures);
    }

    private static async Task<Outcome<Certificate>> WantedAsync(Invocation invocation)
    {
        var (parsed, issue, slug) = (invocation.Parsed, invocation.Get<IssueCertificate>(), invocation.Parsed.GetValue(District)!);
        if (parsed.GetValue(Whole))
            return await issue.OfDistrictAsync(slug, invocation.Cancellation);
        var found = await invocation.Get<FindDistrict>().BySlugAsync(slug, invocation.Cancellation);
        if (!found.Succeeded)
            return Outcome<Certificate>.Failed(found.Failures);
        return parsed.GetValue(Erasure) is { } erasure
            ? await issue.OfErasureAsync(found.Value, erasure, invocation.Cancellation)
            : await issue.OfRetentionAsync(found.Value, parsed.GetValue(From)!.Value, parsed.GetValue(To)!.Value, invocation.Cancellation);
    }

    private static async Task<int> CheckAsync(string file, string keyFile, CommandOutput output, CancellationToken cancellation)
    {
        string statement, jwks;
        try
        {
            statement = await File.ReadAllTextAsync(file, cancellation);
            jwks = await File.ReadAllTextAsync(keyFile, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return output.Failed([new("command.file_unreadable", "The certificate or the file with the keys cannot be read.")]);
        }

        if (VerifyCertificate.KeysOf(jwks) is not { Count: > 0 } keys)
            return output.Failed([new("certificate.keys_malformed", "--key must be a JSON Web Key Set, as /privacy/certificates/keys answers.")]);
        var verified = await VerifyCertificate.RunAsync(statement, keys);
        if (!verified.Succeeded)
            return output.Failed(verified.Failures);
        var (certificate, content) = (verified.Value, verified.Value.Content);
        return output.Done(
            new { valid = true, certificate.Issuer, certificate.IssuedAt, certificate.Id, certificate.Kid, content },
            [
                "The signature is good.",
                string.Create(CultureInfo.InvariantCulture, $"district  {content.District}"),
                string.Create(CultureInfo.InvariantCulture, $"deleted   {content.From.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z to {content.To.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"),
                $"rule      {content.Rule}",
                .. content.Deleted.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value,10}  {one.Key}")),
                string.Create(CultureInfo.InvariantCulture, $"issued    {certificate.IssuedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {certificate.Issuer}, number {certificate.Id}"),
            ]);
    }
}
