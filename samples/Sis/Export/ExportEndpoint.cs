using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;

namespace Samples.Sis.Export;

/// <summary>The whole district as a ZIP of CSV files, streamed: nothing of it is ever whole in memory or on disk.</summary>
internal static class ExportEndpoint
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/export/oneroster-1.1.zip", (HttpContext http, SisOptions options, SisState state) =>
            Answer(http, options, state, "1.1", [.. SharedFiles.All, .. UserFiles.V11]));
        app.MapGet("/export/oneroster-1.2.zip", (HttpContext http, SisOptions options, SisState state) =>
            Answer(http, options, state, "1.2", [.. SharedFiles.All, .. UserFiles.V12]));
    }

    private static IResult Answer(HttpContext http, SisOptions options, SisState state, string version, CsvFile[] files)
    {
        if (!ClientCredentials.Match(options, ClientCredentials.FromBasic(http.Request.Headers.Authorization)))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"sample SIS\"";
            return Results.Unauthorized();
        }
        state.Stats.CountExport();
        // ZipArchive writes an entry's sizes synchronously when it closes the entry; everything large goes asynchronously.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        Roster roster = state.Roster;
        return Results.Stream(
            stream => WriteZipAsync(stream, [Manifest.Of(version, files), .. files], roster, http.RequestAborted),
            "application/zip",
            $"oneroster-{version}.zip");
    }

    private static async Task WriteZipAsync(Stream stream, CsvFile[] files, Roster roster, CancellationToken cancel)
    {
        await using ZipArchive zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, null, cancel);
        foreach (CsvFile file in files)
        {
            await using Stream entry = await zip.CreateEntry(file.Name, CompressionLevel.Fastest).OpenAsync(cancel);
            await file.WriteAsync(entry, roster, cancel);
        }
    }
}
