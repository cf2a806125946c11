using System.Globalization;
using System.Text.Json;

namespace Samples.Sis.Rest;

/// <summary>Writes a page, or as much of it as <see cref="Faults"/> let through.</summary>
internal sealed class PageWriter(HttpContext http, OneRosterVersion version, string path, string name, RowQuery query, Faults faults)
{
    private const int FlushAt = 64 * 1024;
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromMilliseconds(5);
    private readonly LastingFaults _lasting = faults.Lasting;
    private readonly string _baseUrl = $"{http.Request.Scheme}://{http.Request.Host}{path}";

    public async Task WriteAsync(Collection collection, Collection.Page page, bool single)
    {
        http.Response.ContentType = _lasting.ContentType ?? "application/json; charset=utf-8";
        int? rows = null;
        bool truncated = false;
        if (!single)
        {
            WriteHeaders(page);
            if (query.Limit > _lasting.DripAbove)
                await DripAsync();
            truncated = faults.TakeTruncation();
            rows = truncated ? page.Rows / 2 : faults.RowsBeforeDeath(name, page.Rows);
        }
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        bool bare = _lasting.BareArray && !single;
        if (!bare)
        {
            json.WriteStartObject();
            json.WritePropertyName(single ? collection.Single : collection.Wrapper);
        }
        if (!single)
            json.WriteStartArray();
        await WriteRowsAsync(json, page, rows ?? page.Rows);
        if (rows is not null)
        {
            await json.FlushAsync(http.RequestAborted);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            if (!truncated)
                http.Abort();
            return;
        }
        if (!single)
            json.WriteEndArray();
        if (!bare)
            json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }

    private void WriteHeaders(Collection.Page page)
    {
        if (_lasting.OmitCounts)
            return;
        int count = _lasting.CountPages ? page.Rows : page.Total + _lasting.CountOffBy;
        http.Response.Headers["X-Total-Count"] = count.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.Link = Links.Of($"{_baseUrl}/{name}", http.Request.Query, query, page.Total, _lasting.Links);
    }

    private async Task WriteRowsAsync(Utf8JsonWriter json, Collection.Page page, int rows)
    {
        var writer = new RowWriter(json, version, _baseUrl, query.Fields, _lasting.OddRows);
        long flushed = 0;
        for (int i = 0; i < rows; i++)
        {
            page.WriteRow(writer, i);
            if (json.BytesCommitted + json.BytesPending - flushed > FlushAt)
            {
                flushed = json.BytesCommitted + json.BytesPending;
                await json.FlushAsync(http.RequestAborted);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        }
    }

    /// <summary>Sends white space until the client has had enough.</summary>
    private async Task DripAsync()
    {
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync(" ", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(BetweenDrops, TimeProvider.System, http.RequestAborted);
        }
    }
}
