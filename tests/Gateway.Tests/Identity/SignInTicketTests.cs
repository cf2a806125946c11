using Gateway.Identity;
using Gateway.Stage;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Identity;

public sealed class SignInTicketTests
{
    private readonly FakeClock clock = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAB")]
    [InlineData("AAB")]
    [InlineData("https://engine.example/ü?a=b")]
    public void Ticket_comes_back_as_it_was(string? optional)
    {
        var tickets = Tickets();
        var ticket = Ticket() with { Browser = optional is null ? null : Guid.CreateVersion7(), ResourceLinkId = optional, ContextId = optional, TargetLinkUri = optional, ScoreTicket = optional, ReturnUrl = optional };
        var outcome = tickets.Open(tickets.Issue(ticket));

        Assert.Equal(ticket, outcome.Ticket);
        Assert.False(outcome.Expired);
    }

    [Fact]
    public void Sealed_score_ticket_does_not_grow_by_being_text()
    {
        var tickets = Tickets();
        var without = tickets.Issue(Ticket()).Length;
        var with = tickets.Issue(Ticket() with { ScoreTicket = new string('x', 400) }).Length;

        Assert.InRange(with - without, 400, 410);
    }

    [Fact]
    public void Ticket_of_another_master_key_does_not_open()
    {
        var outcome = Tickets().Open(Tickets().Issue(Ticket()));

        Assert.Null(outcome.Ticket);
        Assert.False(outcome.Expired);
    }

    [Fact]
    public void Ticket_shows_nothing_of_itself() => Assert.Equal(nameof(SignInTicket), Ticket().ToString());

    private SignInTickets Tickets() =>
        new(new Sealer(MasterKeys.Of(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))), clock);

    private SignInTicket Ticket() => new(
        Guid.CreateVersion7(clock.GetUtcNow()), int.MaxValue, "maple", long.MaxValue, "student", "engine", "LtiResourceLinkRequest", 7,
        null, null, null, null, clock.GetUtcNow());
}
