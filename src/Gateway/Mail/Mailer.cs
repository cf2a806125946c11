using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Mail;

/// <summary>Hands one plain text to the configured mail server (ADR 0007).</summary>
internal sealed class Mailer(IOptions<GatewayOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SmtpOptions Settings => options.Value.Smtp;

    public bool IsConfigured => Settings.IsConfigured;

    /// <param name="to">Who gets it.</param>
    /// <param name="subject">One line of ASCII.</param>
    /// <param name="body">Lines of ASCII.</param>
    /// <param name="reference">A name of this mail that stays the same when it is sent again: letters, digits, dots, hyphens.</param>
    /// <param name="cancellation">Stops the sending.</param>
    /// <returns>Null when the server took it, else one of <see cref="MailCodes"/>.</returns>
    public async Task<string?> SendAsync(EmailAddress to, string subject, string body, string reference, CancellationToken cancellation)
    {
        if (!IsConfigured)
            return MailCodes.NotConfigured;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var message = MessageOf(to, subject, body, reference);
            using var client = await ClientAsync(cancellation);
            await client.SendMailAsync(message, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return MailCodes.TimedOut;
        }
        catch (SmtpFailedRecipientException e)
        {
            return (int)e.StatusCode >= 500 ? MailCodes.Refused : MailCodes.Deferred;
        }
        catch (SmtpException e)
        {
            return (int)e.StatusCode is >= 400 and < 500 ? MailCodes.Deferred : MailCodes.Unreachable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            return MailCodes.Unreachable;
        }
    }

    private MailMessage MessageOf(EmailAddress to, string subject, string body, string reference)
    {
        var from = Settings.From!;
        var message = new MailMessage(from, to.Value)
        {
            Subject = subject,
            Body = body,
            SubjectEncoding = Encoding.ASCII,
            BodyEncoding = Encoding.ASCII,
            BodyTransferEncoding = TransferEncoding.SevenBit,
        };
        // The same when it is sent again, so that a mailbox that has it already can tell.
        message.Headers.Add("Message-ID", $"<{reference}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        // RFC 3834: no out-of-office answers.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task<SmtpClient> ClientAsync(CancellationToken cancellation)
    {
        var client = new SmtpClient(Settings.Host, Settings.Port) { EnableSsl = Settings.StartTls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (Settings.User is { } user)
            client.Credentials = new NetworkCredential(user, (await File.ReadAllTextAsync(Settings.PasswordFile!, cancellation)).TrimEnd('\r', '\n'));
        return client;
    }
}
