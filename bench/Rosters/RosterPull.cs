using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Microsoft.Extensions.Logging.Abstractions;
using OneRoster.Model;
using OneRoster.Rest;

namespace Gateway.Bench.Rosters;

/// <summary>
/// A whole pull over REST against its floor: a loop that asks for the same pages (the same addresses, the same token, one after the
/// other) and throws away what comes. <c>bench roster-pull URL ROUNDS</c>, against the sample SIS.
/// </summary>
internal sealed class RosterPull(Uri server)
{
    /// <summary>The server as it is, and as others are that send no counts and take no selection of fields.</summary>
    private static readonly (string Name, object Habits)[] Servers =
    [
        ("counts", new { }),
        ("no counts, fields refused", new { OmitCounts = true, RefuseFields = true }),
        ("no counts, pages of 500 rows whatever is asked", new { OmitCounts = true, ClampLimit = 500 }),
    ];

    public async Task RunAsync(int rounds)
    {
        foreach (var (name, habits) in Servers)
        {
            using var control = new HttpClient();
            (await control.PostAsJsonAsync(new Uri(server, "faults"), new { lasting = habits })).EnsureSuccessStatusCode();
            Console.WriteLine($"\n{name}");
            await CompareAsync(rounds);
        }
    }

    private async Task CompareAsync(int rounds)
    {
        var asked = new Asked { InnerHandler = new SocketsHttpHandler() };
        using var http = new HttpClient(asked);
        var rows = await PullAsync(http);
        asked.Remembering = false;
        await DownloadAsync(http, asked);

        var pulls = new List<double>();
        var floors = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await DownloadAsync(http, asked);
            floors.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            begun = Stopwatch.GetTimestamp();
            await PullAsync(http);
            pulls.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            Console.WriteLine($"floor {floors[^1]:F2} s, library {pulls[^1]:F2} s");
        }

        var (floor, pull) = (NightTable.Median(floors), NightTable.Median(pulls));
        Console.WriteLine($"{asked.Pages.Count} pages, {rows:N0} rows; medians of {rounds}: floor {floor:F2} s, library {pull:F2} s, ratio {pull / floor:F2}");
    }

    private async Task<long> PullAsync(HttpClient http)
    {
        var options = new RestRosterSourceOptions(OneRosterVersion.V1P2, server, new Uri(server, "token"), "sample-sis-client", "sample-sis-secret");
        await using var source = new RestRosterSource(options, http, TimeProvider.System, NullLogger<RestRosterSource>.Instance);
        long rows = 0;
        await foreach (var _ in source.ReadAsync(RosterAllowList.For(RosterReading.Default, PrivacyPolicy.Product, PrivacyPolicy.Product.Current.Number), new Deaf(), CancellationToken.None))
            rows++;
        return rows;
    }

    private static async Task DownloadAsync(HttpClient http, Asked asked)
    {
        var buffer = new byte[64 * 1024];
        foreach (var page in asked.Pages)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { Authorization = asked.Token } };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync();
            while (await body.ReadAsync(buffer) > 0)
            {
                // Thrown away.
            }
        }
    }

    /// <summary>Remembers which pages were asked for, and with which token.</summary>
    private sealed class Asked : DelegatingHandler
    {
        public List<Uri> Pages { get; } = [];

        public AuthenticationHeaderValue? Token { get; private set; }

        public bool Remembering { get; set; } = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (Remembering && request.Method == HttpMethod.Get && response.IsSuccessStatusCode)
            {
                Pages.Add(request.RequestUri!);
                Token = request.Headers.Authorization;
            }

            return response;
        }
    }
}
