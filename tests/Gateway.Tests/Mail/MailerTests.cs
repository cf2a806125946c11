using Gateway.Hosting;
using Gateway.Mail;
using Gateway.Stage;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Mail;

[Trait("Requirement", "R-4.3")]
public sealed class MailerTests : IAsyncLifetime
{
    private static readonly EmailAddress To = EmailAddress.Parse("it@district.example.org")!;
    private readonly SmtpInbox inbox = new();
    private readonly ShiftedClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => inbox.DisposeAsync();

    [Fact]
    public async Task A_mail_is_one_plain_text_with_a_name_that_stays_the_same()
    {
        Assert.Null(await SendAsync());

        var mail = Assert.Single(inbox.Mails);
        Assert.Equal(("gateway@example.org", "it@district.example.org", "[Gateway] oak: roster failed"), (mail.From, mail.To, mail.Subject));
        Assert.Equal("first line\n.second line", mail.Body);
        Assert.Equal("<roster-alert-7@example.org>", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.StartsWith("text/plain", mail.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT", "421 too busy", MailCodes.Deferred)]
    [InlineData("MAIL", "451 try again later", MailCodes.Deferred)]
    [InlineData("RCPT", "450 mailbox busy", MailCodes.Deferred)]
    [InlineData("RCPT", "550 no such mailbox", MailCodes.Refused)]
    [InlineData("CONTENT", "452 no room", MailCodes.Deferred)]
    [InlineData("MAIL", null, MailCodes.Unreachable)]
    [InlineData("MAIL", "530 sign in first", MailCodes.Unreachable)]
    public async Task What_a_server_answers_has_its_code(string command, string? answer, string code)
    {
        inbox.Answers[command] = answer;

        Assert.Equal(code, await SendAsync());
        Assert.Empty(inbox.Mails);
    }

    [Fact]
    public async Task A_server_that_refuses_connections_is_unreachable_and_one_that_says_nothing_is_not_waited_for()
    {
        Assert.Equal(MailCodes.Unreachable, await SendAsync(options => options.Port = new Uri(Loopback.FreeUrl()).Port));

        inbox.IsMute = true;
        clock.Speed = 100;
        Assert.Equal(MailCodes.TimedOut, await SendAsync());
    }

    [Fact]
    public async Task Without_tls_that_can_be_trusted_nothing_is_said_but_hello()
    {
        Assert.Equal(MailCodes.Unreachable, await SendAsync(options => options.StartTls = true));
        inbox.Extensions = ["STARTTLS"];
        inbox.Answers["STARTTLS"] = "220 go ahead";
        clock.Speed = 100;
        Assert.NotNull(await SendAsync(options => options.StartTls = true));

        Assert.Contains(inbox.Commands, command => command.StartsWith("STARTTLS", StringComparison.Ordinal));
        Assert.DoesNotContain(inbox.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal) || command.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Empty(inbox.Mails);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_sent_and_it_is_said() => Assert.Equal(MailCodes.NotConfigured, await SendAsync(options => options.Host = null));

    [Theory]
    [InlineData("it@district.example.org", true)]
    [InlineData("a.b+c@x.org", true)]
    [InlineData("it@localhost", true)]
    [InlineData("it@district.example.org\r\nBcc: all@example.org", false)]
    [InlineData("it@district.example.org\n", false)]
    [InlineData("it@district.example.org, other@example.org", false)]
    [InlineData("It <it@district.example.org>", false)]
    [InlineData("\"a b\"@example.org", false)]
    [InlineData("it@[127.0.0.1]", false)]
    [InlineData("it@-x.org", false)]
    [InlineData("a..b@x.org", false)]
    [InlineData("@x.org", false)]
    [InlineData("ä@x.org", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_can_add_neither_a_header_nor_a_recipient(string? text, bool taken) => Assert.Equal(taken, EmailAddress.Parse(text) is not null);

    [Fact]
    public void An_address_as_text_is_masked() => Assert.Equal("i***@district.example.org", $"{To}");

    [Theory]
    [InlineData("Port", "Gateway__Smtp__Port")]
    [InlineData("Host", "Gateway__Smtp__Host")]
    [InlineData("NoHost", "Gateway__Smtp__Host")]
    [InlineData("From", "Gateway__Smtp__From")]
    [InlineData("User", "Gateway__Smtp__PasswordFile")]
    [InlineData("PasswordFile", "Gateway__Smtp__PasswordFile must be a file that exists")]
    [InlineData("Clear", "Gateway__Smtp__StartTls")]
    public void A_setting_that_cannot_be_is_said_at_the_start(string wrong, string says)
    {
        var options = new SmtpOptions { Host = "smtp.example.org", From = "gateway@example.org" };
        switch (wrong)
        {
            case "Port": options.Port = 0; break;
            case "Host": options.Host = "smtp://mail"; break;
            case "NoHost": options.Host = null; break;
            case "From": options.From = "gateway"; break;
            case "User": options.User = "gateway"; break;
            case "PasswordFile": (options.User, options.PasswordFile) = ("gateway", "/nowhere/at/all"); break;
            default: (options.User, options.PasswordFile, options.StartTls) = ("gateway", Environment.ProcessPath, false); break;
        }

        var result = new GatewayOptionsValidator().Validate(null, new GatewayOptions { Smtp = options });

        Assert.True(result.Failed);
        Assert.Contains(says, result.FailureMessage, StringComparison.Ordinal);
        Assert.True(new GatewayOptionsValidator().Validate(null, new GatewayOptions { Smtp = new() { Host = "smtp.example.org", From = "gateway@example.org" } }).Succeeded);
    }

    private Task<string?> SendAsync(Action<SmtpOptions>? change = null)
    {
        var smtp = new SmtpOptions { Host = "127.0.0.1", Port = inbox.Port, From = "gateway@example.org", StartTls = false };
        change?.Invoke(smtp);
        return new Mailer(Options.Create(new GatewayOptions { Smtp = smtp }), clock)
            .SendAsync(To, "[Gateway] oak: roster failed", "first line\r\n.second line\r\n", "roster-alert-7", Cancellation);
    }
}
