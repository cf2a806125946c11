using System.CommandLine;
using System.Globalization;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary><c>privacy successor-key|hand-over|take-over</c>: a district moves to another gateway (P-3.7).</summary>
internal static class SuccessorCommands
{
    public static IEnumerable<Command> All() => [Key(), HandOver(), TakeOver()];

    private static Command Key() => new Command("successor-key", "This gateway's public key and its fingerprint, for the other gateway: what a district is sealed for, and whose signature a bundle has.")
        .Runs(async invocation =>
        {
            var (keys, cancellation) = (invocation.Get<SuccessorKeys>(), invocation.Cancellation);
            var (pem, fingerprint) = (await keys.PublicKeyAsync(cancellation), await keys.FingerprintAsync(cancellation));
            return invocation.Output.Done(new { publicKey = pem, fingerprint }, pem, fingerprint);
        });

    private static Command HandOver()
    {
        var to = new Option<string>("--to") { Description = "The other gateway's public key, as its `privacy successor-key` printed it.", HelpName = "KEYFILE", Required = true };
        var bundle = new Option<string>("--out") { Description = "The bundle to write; it must not exist.", HelpName = "FILE", Required = true };
        var rehearsal = new Option<bool>("--rehearsal") { Description = "Also while the contract goes on." };
        return new Command("hand-over", "Write a district into a bundle that only one other gateway can open.") { DistrictCommands.District, to, bundle, rehearsal }
            .RunsForDistrict(async (invocation, district) =>
            {
                var (key, file) = (invocation.Parsed.GetValue(to)!, invocation.Parsed.GetValue(bundle)!);
                if (!File.Exists(key))
                    return invocation.Output.Failed([new("successor.key_invalid", "The file of --to does not exist.")]);
                if (File.Exists(file))
                    return invocation.Output.Failed([new("successor.file_exists", "The file of --out exists already: choose another.")]);
                Outcome<BundleContent> written;
                await using (var stream = new FileStream(file, Private()))
                    written = await invocation.Get<HandOverDistrict>().RunAsync(
                        district, await File.ReadAllTextAsync(key, invocation.Cancellation), stream, invocation.Parsed.GetValue(rehearsal), invocation.Cancellation);
                if (written.Succeeded)
                    return invocation.Output.Done(written.Value, LinesOf(written.Value));
                File.Delete(file);
                return invocation.Output.Failed(written.Failures);
            });
    }

    private static Command TakeOver()
    {
        var bundle = new Argument<string>("bundle") { Description = "As `privacy hand-over` of the other gateway wrote it.", HelpName = "FILE" };
        var from = new Option<string>("--from")
        {
            Description = "Whose signature the bundle must have: the file with the other gateway's public key, or its fingerprint. Not from where the bundle comes from.",
            HelpName = "KEYFILE|FINGERPRINT",
            Required = true,
        };
        return new Command("take-over", "Take a district in that another gateway handed over.") { bundle, from }.Runs(async invocation =>
        {
            var given = invocation.Parsed.GetValue(from)!;
            if (SuccessorKeys.FingerprintFrom(File.Exists(given) ? await File.ReadAllTextAsync(given, invocation.Cancellation) : given) is not { } sender)
                return invocation.Output.Failed([new("successor.key_invalid", "--from must be a file with a public key as `privacy successor-key` writes it (PEM, P-256), or its fingerprint: SHA256: and 64 hexadecimal digits.")]);
            var file = invocation.Parsed.GetValue(bundle)!;
            if (!File.Exists(file))
                return invocation.Output.Failed([new("successor.bundle_unreadable", "There is no such file.")]);
            await using var stream = File.OpenRead(file);
            var taken = await invocation.Get<TakeOverDistrict>().RunAsync(stream, sender, invocation.Cancellation);
            return taken.Succeeded
                ? invocation.Output.Done(taken.Value, [.. LinesOf(taken.Value), "Next: connect the roster's source, give the platforms this gateway's addresses, enable an engine."])
                : invocation.Output.Failed(taken.Failures);
        });
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static IEnumerable<string> LinesOf(BundleContent content) =>
        content.Rows.Select(table => string.Create(CultureInfo.InvariantCulture, $"{content.District}: {table.Key,-16} {table.Value,9}"))
            .Append($"from {content.From}").Append($"to   {content.To}");
}
