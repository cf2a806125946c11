using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gateway.Tests.Hosting;

/// <summary>A client that closes its connection in the middle is no error of the gateway's.</summary>
[Trait("Requirement", "T-13")]
public sealed class ClientAbortTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    [Theory]
    [InlineData("/lti/login")]
    [InlineData("/lti/launch")]
    [InlineData("/lti/register")]
    [InlineData("/connect/authorize")]
    [InlineData("/connect/token")]
    [InlineData("/connect/userinfo")]
    [InlineData("/privacy/certificates/verify")]
    [InlineData("/privacy/certificates/verify", "text/plain")]
    public async Task Client_that_leaves_in_the_middle_of_its_request_leaves_no_warning(string path, string type = "application/x-www-form-urlencoded")
    {
        foreach (var resets in new[] { true, false })
        {
            using var requests = new Requests(stage, "POST");
            var lines = stage.Log.Entries.Count;
            using (await ConnectAsync($"POST {path} HTTP/1.1\r\nHost: gateway\r\nContent-Type: {type}\r\nContent-Length: 1000\r\n\r\na=b", resets))
                await Until.TrueAsync(() => Task.FromResult(requests.Begun > 0), "the request has begun");

            await Until.TrueAsync(() => Task.FromResult(requests.Ended > 0), "the request is over");
            Assert.Empty(Told(lines));
        }
    }

    [Theory]
    [InlineData("registration", "/lti/login?iss=https://stranger.example&login_hint=h")]
    [InlineData("launch", "/privacy/usage")]
    public async Task Client_that_leaves_before_the_answer_leaves_no_warning(string table, string address)
    {
        using var requests = new Requests(stage, "GET");
        var lines = stage.Log.Entries.Count;
        await using var owner = NpgsqlDataSource.Create(stage.Database.OwnerConnectionString);
        await using var connection = await owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var lockTable = new NpgsqlCommand($"lock table gateway.{table} in access exclusive mode", connection);
        await lockTable.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using (await ConnectAsync($"GET {address} HTTP/1.1\r\nHost: gateway\r\n\r\n", resets: true))
            await Until.TrueAsync(
                async () => await stage.Database.AskAsync<long>($"select count(*) from pg_stat_activity where datname = '{stage.Database.Name}' and wait_event_type = 'Lock'") > 0,
                "the request waits for the table");
        await Until.TrueAsync(() => Task.FromResult(requests.Ended > 0), "the request is over");
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Told(lines));
    }

    // What the gateway says of requests, and what is worse than a warning of anybody's. The database's driver warns of a cancelled command.
    private List<string> Told(int lines) =>
        [.. stage.Log.Entries.Skip(lines).Where(line => line.Level >= (line.IsOwn ? LogLevel.Warning : LogLevel.Error)).Select(line => $"{line.Category}: {line.Text}")];

    // A client that crashes resets its connection; one that is ended closes it.
    private async Task<Socket> ConnectAsync(string text, bool resets)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        if (resets)
            socket.LingerState = new LingerOption(true, 0);
        await socket.ConnectAsync(IPEndPoint.Parse(new Uri(stage.GatewayUrl).Authority), TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        return socket;
    }

    // What the server says of requests of this gateway, however they end.
    private sealed class Requests : IDisposable
    {
        private readonly MeterListener listener = new();
        private int begun;
        private int ended;

        public Requests(TestStage stage, string method)
        {
            var mine = stage.Services.GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Scope == mine && instrument.Name is ("http.server.active_requests" or "http.server.request.duration"))
                    own.EnableMeasurementEvents(instrument);
            };
            var one = KeyValuePair.Create("http.request.method", (object?)method);
            listener.SetMeasurementEventCallback<long>((_, change, tags, _) => Interlocked.Add(ref begun, change > 0 && tags.Contains(one) ? 1 : 0));
            listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Interlocked.Add(ref ended, tags.Contains(one) ? 1 : 0));
            listener.Start();
        }

        public int Begun => Volatile.Read(ref begun);

        public int Ended => Volatile.Read(ref ended);

        public void Dispose() => listener.Dispose();
    }
}
