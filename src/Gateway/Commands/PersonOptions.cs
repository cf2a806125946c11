using System.CommandLine;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary>Whom a district asks about: typed, or better from a file or standard input, so that the id stands in no history and no list of processes.</summary>
internal sealed class PersonOptions
{
    private readonly Option<string> lms = new("--lms-id") { Description = "The person's id at the platform; better: --lms-id-file.", HelpName = "ID" };
    private readonly Option<string> lmsFile = new("--lms-id-file") { Description = "A file with that id; - is standard input.", HelpName = "FILE|-" };
    private readonly Option<int?> platform = new("--platform") { Description = "The platform whose id it is, by the number of `platform list`.", HelpName = "ID" };
    private readonly Option<string> sis = new("--sis-id") { Description = "The person's sourcedId in the student information system; better: --sis-id-file.", HelpName = "ID" };
    private readonly Option<string> sisFile = new("--sis-id-file") { Description = "A file with that id; - is standard input.", HelpName = "FILE|-" };

    public Command AddTo(Command command)
    {
        foreach (var option in new Option[] { lms, lmsFile, platform, sis, sisFile })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            var given = new[] { lms, lmsFile, sis, sisFile }.Where(option => result.GetValue(option) is not null).ToList();
            if (given.Count != 1)
                result.AddError("Give one of --lms-id, --lms-id-file, --sis-id and --sis-id-file.");
            else if (given[0] == lms || given[0] == lmsFile ? result.GetValue(platform) is null : result.GetValue(platform) is not null)
                result.AddError("--platform belongs to the id of a platform: give it with --lms-id or --lms-id-file, and not with others.");
        });
        return command;
    }

    public async Task<Outcome<PersonId>> ReadAsync(Invocation invocation)
    {
        var parsed = invocation.Parsed;
        if ((parsed.GetValue(lms) ?? parsed.GetValue(sis)) is { } typed)
            return PersonId.Read(System.Text.Encoding.UTF8.GetBytes(typed), parsed.GetValue(platform));
        try
        {
            var path = (parsed.GetValue(lmsFile) ?? parsed.GetValue(sisFile))!;
            await using var file = path == "-" ? CommandSurroundings.Of(parsed).OpenInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, invocation.Cancellation);
            return PersonId.Read(bytes.ToArray(), parsed.GetValue(platform));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure("command.id_file_unreadable", "The file with the id cannot be read.");
        }
    }
}
