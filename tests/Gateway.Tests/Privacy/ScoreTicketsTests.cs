using System.Buffers.Text;
using Gateway.Districts;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Lti.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Privacy;

[Trait("Requirement", "L-3.4")]
public sealed class ScoreTicketsTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private ScoreTickets Tickets => stage.Services.GetRequiredService<ScoreTickets>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ticket_comes_back_as_it_was_and_holds_the_user_under_seal()
    {
        var ticket = New(stage.District.Id);
        var text = await Tickets.IssueAsync(ticket, "engine", Cancellation);
        var opened = await Tickets.OpenAsync(text, "engine", Cancellation);

        Assert.Equal(ticket with { User = opened!.User }, opened);
        Assert.True(ticket.User.IsSameAs(opened.User));
        Assert.Empty(new CanarySearch([new("user", "lms-user-4711")]).Find(text, "ticket"));
        Assert.Equal(nameof(ScoreTicket), ticket.ToString());
        Assert.NotEqual(text, await Tickets.IssueAsync(ticket, "engine", Cancellation));
    }

    [Fact]
    public async Task Ticket_altered_in_any_byte_does_not_open()
    {
        var bytes = Base64Url.DecodeFromChars(await Tickets.IssueAsync(New(stage.District.Id), "engine", Cancellation));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Null(await Tickets.OpenAsync(Base64Url.EncodeToString(bytes), "engine", Cancellation));
            bytes[i] ^= 1;
        }

        for (var length = 0; length < bytes.Length; length += 7)
            Assert.Null(await Tickets.OpenAsync(Base64Url.EncodeToString(bytes.AsSpan(0, length)), "engine", Cancellation));
    }

    [Fact]
    public async Task Ticket_of_another_engine_or_district_does_not_open()
    {
        var other = (await stage.Services.GetRequiredService<AddDistrict>().RunAsync("other-district", "Other", "UTC", null, false, Cancellation)).Value;
        var own = Base64Url.DecodeFromChars(await Tickets.IssueAsync(New(stage.District.Id), "engine", Cancellation));
        var foreign = Base64Url.DecodeFromChars(await Tickets.IssueAsync(New(other.Id), "engine", Cancellation));

        Assert.Null(await Tickets.OpenAsync(Base64Url.EncodeToString(own), "another engine", Cancellation));
        // The other district's number before this district's sealed value.
        Assert.Null(await Tickets.OpenAsync(Base64Url.EncodeToString([.. foreign[..4], .. own[4..]]), "engine", Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not a ticket")]
    [InlineData("ÿÿÿÿ")]
    [InlineData("_____w______________________________________________________________")]
    public async Task Garbage_is_no_ticket_and_never_throws(string text) => Assert.Null(await Tickets.OpenAsync(text, "engine", Cancellation));

    [Fact]
    public async Task Lanes_tell_learners_and_columns_apart()
    {
        var ticket = New(stage.District.Id);
        var lane = await Tickets.LaneOfAsync(ticket, Cancellation);

        Assert.Equal(lane, await Tickets.LaneOfAsync(ticket with { LaunchId = Guid.CreateVersion7() }, Cancellation));
        Assert.NotEqual(lane, await Tickets.LaneOfAsync(ticket with { LineItemUrl = "https://lms.example/2" }, Cancellation));
        Assert.NotEqual(lane, await Tickets.LaneOfAsync(ticket with { User = OpaqueIdentifier.FromUtf8("another"u8) }, Cancellation));
    }

    private ScoreTicket New(int district) => new(
        district, Guid.CreateVersion7(), 3, "https://lms.example/lineitems/1", OpaqueIdentifier.FromUtf8("lms-user-4711"u8),
        DateTimeOffset.FromUnixTimeSeconds(stage.Clock.GetUtcNow().ToUnixTimeSeconds() + 60));
}
