using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Mail;
using Microsoft.Extensions.Options;

namespace Gateway.Alerts;

/// <summary>Sends what is to be told: again after 1, 2, 4 … 60 minutes while the mail server is away, and no longer than three days.</summary>
internal sealed class AlertOutbox(AlertRows rows, DistrictContacts contacts, Mailer mailer, IOptions<GatewayOptions> options, TimeProvider time, ILogger<AlertOutbox> logger)
{
    /// <summary>Nobody named to tell.</summary>
    public const string NoContact = "mail.no_contact";

    /// <summary>Old news says nothing any more: the next alert does.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    public async Task SendDueAsync(CancellationToken cancellation)
    {
        foreach (var (id, district) in await rows.DueAsync(cancellation))
            if (await rows.TryHoldAsync(id, district, cancellation) is { } alert)
                await SendAsync(alert, cancellation);
    }

    private async Task SendAsync(HeldAlert alert, CancellationToken cancellation)
    {
        var code = await AddressOfAsync(alert, cancellation) is { } address
            ? await mailer.SendAsync(address, alert.Subject, alert.Body, $"roster-alert-{alert.Id}-{alert.CreatedAt.ToUnixTimeSeconds()}", cancellation)
            : NoContact;
        var state = code is null ? "sent"
            : code == MailCodes.Refused || time.GetUtcNow() - alert.CreatedAt > Kept ? "dropped"
            : "pending";
        await rows.FinishAsync(alert, state, code, cancellation);
        Log.AlertTried(logger, alert.Id, alert.District, state, code);
    }

    private async Task<EmailAddress?> AddressOfAsync(HeldAlert alert, CancellationToken cancellation) =>
        alert.Recipient == AlertRecipient.Operator ? EmailAddress.Parse(options.Value.OperatorEmail) : await contacts.FindAsync(alert.District, cancellation);
}
