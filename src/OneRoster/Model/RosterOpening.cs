using System.Diagnostics.CodeAnalysis;

namespace OneRoster.Model;

/// <summary>Why a source cannot be read at all.</summary>
/// <param name="Code">A stable code, such as <c>csv.manifest_missing</c>.</param>
/// <param name="Text">A sentence for the operator: what is wrong and what to do. It never holds content of the source.</param>
public sealed record RosterRefusal(string Code, string Text);

/// <summary>What came of opening a source: the source, or the reason against it.</summary>
/// <typeparam name="TSource">The kind of source.</typeparam>
public sealed class RosterOpening<TSource>
    where TSource : class, IRosterSource
{
    private RosterOpening(TSource? source, RosterRefusal? refusal) => (Source, Refusal) = (source, refusal);

    /// <summary>The source, which the caller disposes; null when refused.</summary>
    public TSource? Source { get; }

    /// <summary>The reason; null when opened.</summary>
    public RosterRefusal? Refusal { get; }

    /// <summary>Takes the result apart.</summary>
    /// <returns>Whether there is a source.</returns>
    public bool TryGet([NotNullWhen(true)] out TSource? source, [NotNullWhen(false)] out RosterRefusal? refusal)
    {
        (source, refusal) = (Source, Refusal);
        return Source is not null;
    }

    internal static RosterOpening<TSource> Opened(TSource source) => new(source, null);

    internal static RosterOpening<TSource> Refused(RosterRefusal refusal) => new(null, refusal);
}
