using System.Buffers;
using System.Text;
using System.Text.Json;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Reads a page's JSON record by record off the wire: the buffer holds the current record and what came with it, never the
/// page. Anything that is not an object with the collection's array in it is a failure with a code, and never quoted.
/// </summary>
internal sealed class PageStream(Stream stream, byte[] wrapper, RequestSite site, PageLimits limits, TimeProvider time, bool saysJson) : IAsyncDisposable
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private static readonly byte[] Blanks = [.. " \t\r\n"u8];
    private readonly CancellationTokenSource stalled = new(Timeout.InfiniteTimeSpan, time);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int start;
    private int end;
    private Phase phase;
    private bool wrapperSeen;
    private bool saysSomethingElse;
    private TimeSpan waited;
    private JsonReaderState state;

    private enum Phase
    {
        Root,
        Properties,
        Records,
        Done,
    }

    private enum Step
    {
        NeedMore,
        Record,
        End,
    }

    /// <summary>Whether the page came to its end without a list under the collection's name, and without anything else in its place.</summary>
    public bool HoldsNothing => phase == Phase.Done && !wrapperSeen;

    /// <summary>Parses the next record.</summary>
    /// <returns>False at the end of the page.</returns>
    public async ValueTask<bool> ReadAsync(RecordParser parser, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Advance(parser))
            {
                case Step.Record:
                    return true;
                case Step.End:
                    return false;
            }

            if (!await FillAsync(cancellationToken))
                throw site.Fail(RosterFailures.JsonTruncated, "the answer ends in the middle of the JSON; try again later");
        }
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = [];
        stalled.Dispose();
        await stream.DisposeAsync();
    }

    private Step Advance(RecordParser parser)
    {
        if (phase == Phase.Done)
            return Step.End;
        try
        {
            return Scan(parser);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The parser's message quotes the input. (Invalid UTF-8 in a string is an InvalidOperationException.)
            throw site.Fail(RosterFailures.JsonInvalid, "the answer is not valid JSON; its operator should look into it");
        }
    }

    private Step Scan(RecordParser parser)
    {
        if (phase == Phase.Root && !TryBegin())
            return Step.NeedMore;
        var origin = start;
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinalBlock: false, state);
        while (true)
        {
            if (!reader.Read())
                return Step.NeedMore;
            switch (phase)
            {
                case Phase.Root when reader.TokenType == JsonTokenType.StartObject:
                    phase = Phase.Properties;
                    break;
                case Phase.Root:
                    throw site.Fail(RosterFailures.WrapperMissing, "the answer is not a JSON object; check the base URL and the version");
                case Phase.Properties when reader.TokenType == JsonTokenType.EndObject:
                    phase = Phase.Done;
                    return wrapperSeen || !saysSomethingElse ? Step.End : throw WrapperMissing();
                case Phase.Properties when !wrapperSeen && IsWrapper(ref reader):
                    if (!reader.Read())
                        return Step.NeedMore;
                    if (reader.TokenType == JsonTokenType.Null)
                        break;
                    if (reader.TokenType != JsonTokenType.StartArray)
                        throw WrapperMissing();
                    wrapperSeen = true;
                    phase = Phase.Records;
                    break;
                case Phase.Records when reader.TokenType == JsonTokenType.EndArray:
                    phase = Phase.Properties;
                    break;
                case Phase.Records when reader.TokenType != JsonTokenType.StartObject:
                    throw site.Fail(RosterFailures.JsonInvalid, "an element of the collection is not an object; check the base URL and the version");
                case Phase.Records:
                    if (!parser.TryParse(ref reader))
                        return Step.NeedMore;
                    Keep(ref reader, origin);
                    return Step.Record;
                default:
                    if (!TrySkipValue(ref reader, origin))
                        return Step.NeedMore;
                    break;
            }

            Keep(ref reader, origin);
        }
    }

    /// <summary>
    /// Passes a byte order mark and blanks over. What begins otherwise than JSON, and does not claim to be, is another kind of page.
    /// </summary>
    /// <returns>False when nothing has come yet that tells.</returns>
    private bool TryBegin()
    {
        var came = buffer.AsSpan(start, end - start);
        if (came.StartsWith(ByteOrderMark))
            start += ByteOrderMark.Length;
        else if (came.Length < ByteOrderMark.Length && ByteOrderMark.AsSpan().StartsWith(came))
            return false;
        came = buffer.AsSpan(start, end - start).TrimStart(Blanks);
        if (came.IsEmpty)
            return false;
        if (!saysJson && came[0] is not ((byte)'{' or (byte)'['))
            throw site.Fail(RosterFailures.WrongContentType, "the answer is not JSON, by its content type and by its first letter (a page of a maintenance or a sign-in?); check the base URL, or try again later");
        return true;
    }

    /// <summary>The collection's name, in any case.</summary>
    private bool IsWrapper(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals(wrapper) || (!reader.ValueIsEscaped && Ascii.EqualsIgnoreCase(reader.ValueSpan, wrapper));

    /// <summary>Skips a property that is not the list, and notes whether it says anything: then its place is not empty.</summary>
    private bool TrySkipValue(ref Utf8JsonReader reader, int origin)
    {
        if (reader.TokenType == JsonTokenType.PropertyName && !reader.Read())
            return false;
        var (kind, began) = (reader.TokenType, reader.TokenStartIndex);
        if (!reader.TrySkip())
            return false;
        saysSomethingElse |= kind switch
        {
            JsonTokenType.Null or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => false,
            // Between its brackets.
            JsonTokenType.StartArray or JsonTokenType.StartObject =>
                !buffer.AsSpan(origin + (int)began + 1, (int)(reader.BytesConsumed - began) - 2).Trim(Blanks).IsEmpty,
            _ => true,
        };
        return true;
    }

    private void Keep(ref Utf8JsonReader reader, int origin)
    {
        start = origin + (int)reader.BytesConsumed;
        state = reader.CurrentState;
    }

    private RosterSourceException WrapperMissing() =>
        site.Fail(RosterFailures.WrapperMissing, "the answer has no array under the collection's name; check the base URL and the version");

    /// <summary>Doubles what is buffered, so that a long record is not scanned again for each packet. False at the end of the stream.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var held = end - start;
        if (held >= limits.LongestRecord)
            throw site.Fail(RosterFailures.RowTooLarge, "a record is too large");
        if (start > 0)
            buffer.AsSpan(start, held).CopyTo(buffer);
        (start, end) = (0, held);
        if (held > buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, held).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            buffer = larger;
        }

        await using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stalled);
        var wanted = Math.Min(buffer.Length, Math.Max(1, held * 2));
        while (end < wanted)
        {
            var read = await ReceiveAsync(cancellationToken);
            if (read == 0)
                return end > held;
            end += read;
        }

        return true;
    }

    private async ValueTask<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        // Only the server's time counts, not that of whoever takes the rows.
        var began = time.GetTimestamp();
        stalled.CancelAfter(limits.LongestSilence);
        try
        {
            var read = await stream.ReadAsync(buffer.AsMemory(end), stalled.Token);
            waited += time.GetElapsedTime(began);
            if (waited > limits.LongestPage)
                throw new SlowPageException(silent: false);
            return read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SlowPageException(silent: true);
        }
        finally
        {
            stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
