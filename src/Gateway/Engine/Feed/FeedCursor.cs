using Gateway.Engine.Api;
using Gateway.Privacy;

namespace Gateway.Engine.Feed;

/// <summary>
/// How far an engine has read a feed: everything up to a number and, where it is in the middle of a large transaction, how many of that
/// one's changes, in the order that they have for this engine.
/// </summary>
/// <param name="Through">Everything up to this number has been read.</param>
/// <param name="Count">How many numbers the transaction behind it has; 0 when none was begun.</param>
/// <param name="Read">How many of them were read.</param>
internal readonly record struct FeedCursor(long Through, long Count = 0, long Read = 0)
{
    /// <summary>The transaction's last number.</summary>
    public long End => Through + Count;

    /// <summary>The cursor that a text stands for; null when it is none of this engine and district.</summary>
    public static FeedCursor? Parse(EngineView view, string text) => text.Split('.') switch
    {
        [var one] when view.RowOf(EngineIdKind.Cursor, one) is { } through => new(through),
        [var one, var two] when view.RowOf(EngineIdKind.CursorStart, one) is { } through && view.RowOf(EngineIdKind.CursorPlace, two) is { } place =>
            new(through, (long)((ulong)place >> 32), place & uint.MaxValue),
        _ => null,
    };

    public string ToText(EngineView view) => Count == 0
        ? view.Id(EngineIdKind.Cursor, Through).ToString()
        : $"{view.Id(EngineIdKind.CursorStart, Through)}.{view.Id(EngineIdKind.CursorPlace, (Count << 32) | Read)}";
}
