using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Mail;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Storage.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Rostering;

/// <summary>Everything about running rosters over a test's database, with a clock that stands still, a mailbox, and a scheduler that only notes.</summary>
internal sealed class RunningRosters : IAsyncDisposable
{
    public const string OperatorEmail = "operator@gateway.example.org";
    private readonly RosterDatabase database;
    private readonly ServiceProvider services;

    public RunningRosters(RosterDatabase database, FakeClock clock, bool mail = true)
    {
        (this.database, Clock) = (database, clock);
        var options = new GatewayOptions { PublicUrl = "https://gateway.example.org/", AllowPrivateNetworks = true, OperatorEmail = OperatorEmail };
        if (mail)
            options.Smtp = new SmtpOptions { Host = "127.0.0.1", Port = Inbox.Port, From = "gateway@example.org", StartTls = false };
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(database.Gateway)
            .AddSingleton(database.Sealer)
            .AddPrivacy()
            .AddSingleton(database.Keys)
            .AddSingleton(database.Trail)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(Options.Create(options))
            .AddSingleton<OutboundGuard>()
            .AddMail()
            .AddDistricts()
            .AddAlerts()
            .AddSingleton<IRosterSchedules>(Schedules)
            .AddSingleton<IRosterTimers>(Schedules)
            .AddRostering()
            .BuildServiceProvider();
    }

    public FakeClock Clock { get; }

    public SmtpInbox Inbox { get; } = new();

    public NoSchedules Schedules { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>The round that comes every minute, once.</summary>
    public Task RoundAsync() => Get<AlertRound>().RunAsync(Cancellation);

    /// <summary>A district with a folder as its source and a contact.</summary>
    public async Task<int> DistrictAsync(string folder, string zone = "America/New_York", bool contact = true)
    {
        var district = await database.AddDistrictAsync(zone);
        Assert.Empty((await Get<RosterConnections>().ConnectAsync(new RosterConnectCommand(district) { CsvFolder = folder }, Cancellation)).Problems);
        if (contact)
            Assert.True((await Get<DistrictContacts>().SetAsync(district, $"it-{district}@district.example.org", Cancellation)).Succeeded);
        return district;
    }

    /// <summary>What the scheduler would do with a district's trigger.</summary>
    public Task FireAsync(int district, bool isRetry = false) => Get<RosterSyncJob>().RunAsync(district, isRetry, Cancellation);

    /// <summary>The mails of a district, in the order in which they came.</summary>
    public IReadOnlyList<ReceivedMail> MailsOf(int district) => [.. Inbox.Mails.Where(mail => mail.To == $"it-{district}@district.example.org")];

    public Task<List<RosterAlert>> AlertsOfAsync(int district) => Get<RosterAlerts>().ListAsync(district, 100, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Inbox.DisposeAsync();
    }
}
