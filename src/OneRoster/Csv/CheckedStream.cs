using System.Buffers;
using System.Text;
using System.Text.Unicode;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>
/// The bytes of one file on their way to the parser: UTF-8 without exception, no larger than declared and allowed, with the checksum that
/// the archive declares; a byte order mark may lead. What is wrong ends the reading with a code and an offset.
/// </summary>
internal sealed class CheckedStream(Stream inner, RosterCollection? collection, string file, PackageFile declared, long limit) : ForwardStream
{
    private uint checksum;
    private readonly byte[] carry = new byte[4];
    private int carried;
    private bool started;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Check(buffer, inner.Read(buffer));
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or NotSupportedException)
        {
            throw Fail(RosterFailures.ReadFailed, "the file cannot be read to its end");
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return Check(buffer.Span, read);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or NotSupportedException)
        {
            throw Fail(RosterFailures.ReadFailed, "the file cannot be read to its end");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Check(Span<byte> buffer, int read)
    {
        if (read == 0)
        {
            if (buffer.Length > 0 && (Passed < declared.Length || carried > 0))
                throw Fail(carried > 0 ? RosterFailures.EncodingNotUtf8 : RosterFailures.ReadFailed, "the file ends too early");
            return 0;
        }

        var block = buffer[..read];
        if (!started)
            CheckStart(block);
        Passed += read;
        if (Passed > limit || Passed > declared.Length)
            throw Fail(RosterFailures.TooLarge, "the file is larger than allowed or than the archive declares");
        if (block.Contains((byte)0))
            throw Fail(RosterFailures.EncodingUtf16, "the file is not in UTF-8 but most likely in UTF-16");
        if (!IsUtf8(block))
            throw Fail(RosterFailures.EncodingNotUtf8, "the file is not in UTF-8 but most likely in Windows-1252");
        CheckSum(block);
        return read;
    }

    /// <summary>Before the last block is handed on: a row of a damaged file must not be taken for the last.</summary>
    private void CheckSum(ReadOnlySpan<byte> block)
    {
        if (declared.Crc is not { } crc)
            return;
        checksum = Crc32.Append(checksum, block);
        if (Passed == declared.Length && checksum != crc)
            throw Fail(RosterFailures.ReadFailed, "the file is damaged: its checksum is another than the archive declares");
    }

    private void CheckStart(ReadOnlySpan<byte> block)
    {
        started = true;
        if (block.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || block.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw Fail(RosterFailures.EncodingUtf16, "the file is in UTF-16");
        if (block.StartsWith("PK\x03\x04"u8))
            throw Fail(RosterFailures.Nested, "the file is an archive, not CSV");
    }

    /// <summary>Checks a block, which may begin and end in the middle of a character.</summary>
    private bool IsUtf8(ReadOnlySpan<byte> block)
    {
        while (carried > 0 && !block.IsEmpty)
        {
            carry[carried++] = block[0];
            block = block[1..];
            var status = Rune.DecodeFromUtf8(carry.AsSpan(0, carried), out _, out _);
            if (status == OperationStatus.InvalidData)
                return false;
            if (status == OperationStatus.Done)
                carried = 0;
        }

        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var lead = block[^back];
            if ((lead & 0xC0) == 0x80)
                continue;
            if (Rune.DecodeFromUtf8(block[^back..], out _, out _) == OperationStatus.NeedMoreData)
            {
                block[^back..].CopyTo(carry);
                carried = back;
                block = block[..^back];
            }

            break;
        }

        return Utf8.IsValid(block);
    }

    private RosterSourceException Fail(string code, string reason) => new(code, collection, reason, offset: Passed, file: file);
}
