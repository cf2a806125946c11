using System.Buffers;
using System.Text.Json;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Reads a page's JSON record by record off the wire: the buffer holds the current record and what came with it, never the
/// page. Anything that is not an object with the collection's array in it is a failure with a code, and never quoted.
/// </summary>
internal sealed class PageStream(Stream stream, byte[] wrapper, RequestSite site, PageLimits limits, TimeProvider time) : IAsyncDisposable
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private readonly CancellationTokenSource stalled = new(Timeout.InfiniteTimeSpan, time);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int start;
    private int end;
    private Phase phase;
    private bool wrapperSeen;
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
        if (phase == Phase.Root && buffer.AsSpan(start, end - start).StartsWith(ByteOrderMark))
            start += ByteOrderMark.Length;
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
                    return wrapperSeen ? Step.End : throw WrapperMissing();
                case Phase.Properties when !wrapperSeen && reader.ValueTextEquals(wrapper):
                    if (!reader.Read())
                        return Step.NeedMore;
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
                    if (!reader.TrySkip())
                        return Step.NeedMore;
                    break;
            }

            Keep(ref reader, origin);
        }
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
