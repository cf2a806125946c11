using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Gateway.Tests.House;

/// <summary>Documents say what is so: their links lead somewhere, and a decision record says what it is for.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] RecordParts = ["## Context", "## Decision", "## Consequence"];

    private static IReadOnlyList<string> Records => Repository.Files("0*.md", "docs/adr");

    [Fact]
    public void Every_decision_record_has_context_decision_and_consequence()
    {
        Assert.NotEmpty(Records);
        Expect.Nothing(
            from record in Records
            let headings = Repository.Read(record).Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            where !headings.SequenceEqual(RecordParts)
            select record);
    }

    [Fact]
    public void Decision_records_are_numbered_without_gaps()
    {
        var names = Records.Select(record => Path.GetFileName(record)!).ToList();

        Assert.All(names, name => Assert.Matches(RecordName(), name));
        Assert.Equal(Enumerable.Range(1, names.Count), names.Select(name => int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(Records, record => Assert.StartsWith($"# {Path.GetFileName(record)![..4]} ", Repository.Read(record), StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_documents_lead_to_files_that_exist() => Expect.Nothing(
        from document in Repository.Files("*.md", ".")
        from match in Link().Matches(Repository.Read(document))
        let target = match.Groups["target"].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal) && !Resolves(document, target)
        select $"{document}: {target}");

    [Fact]
    public void Every_page_is_reachable_from_the_readme()
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(["README.md"]);
        while (open.TryDequeue(out var document))
            if (reached.Add(document))
                foreach (var target in Link().Matches(Repository.Read(document)).Select(match => FileOf(document, match.Groups["target"].Value)))
                    if (target.EndsWith(".md", StringComparison.Ordinal) && Repository.Exists(target))
                        open.Enqueue(target);

        Expect.Nothing(Repository.Files("*.md", "docs").Except(reached));
    }

    [Fact]
    public void The_readme_names_every_command_and_no_other()
    {
        var families = typeof(Gateway.Commands.Operation).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Gateway.Commands.Operation).Namespace)
            .Select(type => type.GetMethod("Create", BindingFlags.Public | BindingFlags.Static, []))
            .Where(create => create?.ReturnType == typeof(Command))
            .Select(create => (Command)create!.Invoke(null, null)!);
        var existing = families.SelectMany(family => family.Subcommands.Count == 0
            ? [family.Name]
            : family.Subcommands.Select(command => $"{family.Name} {command.Name}"));

        Assert.Equal(existing.Order(StringComparer.Ordinal), CommandsIn(Repository.Read("README.md")).Order(StringComparer.Ordinal));
    }

    /// <summary>A picture or a link, inside brackets; a target may have a fragment.</summary>
    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$")]
    private static partial Regex RecordName();

    /// <summary>The rows of the table of commands; a row may name several of a family: <c>`client add`, `list`</c>.</summary>
    private static IEnumerable<string> CommandsIn(string readme)
    {
        var table = readme[readme.IndexOf("| command |", StringComparison.Ordinal)..];
        foreach (var row in table.Split('\n').Skip(2).TakeWhile(line => line.StartsWith('|')))
        {
            var names = CommandName().Matches(row.Split('|')[1]).Select(match => match.Groups["name"].Value).ToList();
            foreach (var name in names)
                yield return name == names[0] ? name : $"{names[0].Split(' ')[0]} {name}";
        }
    }

    [GeneratedRegex("`(?<name>[a-z -]+)`")]
    private static partial Regex CommandName();

    private static bool Resolves(string document, string target)
    {
        var file = FileOf(document, target);
        if (!Repository.Exists(file))
            return false;
        var fragment = target.IndexOf('#', StringComparison.Ordinal);
        return fragment < 0 || Headings(file).Contains(target[(fragment + 1)..]);
    }

    /// <summary>The anchors that a page's headings get: lower case, no punctuation, hyphens for blanks.</summary>
    private static IEnumerable<string> Headings(string file) =>
        from line in Repository.Read(file).Split('\n')
        where line.StartsWith('#')
        let kept = line.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
        select new string([.. kept]).Replace(' ', '-');

    private static string FileOf(string document, string target)
    {
        var path = target.Split('#')[0];
        if (path.Length == 0)
            return document;
        var full = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, path));
        return Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
    }
}
