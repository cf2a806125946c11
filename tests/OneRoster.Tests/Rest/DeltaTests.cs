using OneRoster.Model;
using Samples.Sis;

namespace OneRoster.Tests.Rest;

[Trait("Requirement", "R-1.6")]
public sealed class DeltaTests
{
    [Fact]
    public async Task Only_what_changed_since_is_asked_for_and_it_is_no_full_roster()
    {
        await using var stage = await SisStage.StartAsync();
        stage.Time.Advance(TimeSpan.FromDays(1));
        var since = stage.Time.GetUtcNow();
        stage.Time.Advance(TimeSpan.FromHours(1));
        stage.State.WithdrawStudents(4, Withdrawal.ToBeDeleted);

        await using var source = stage.Source(options => options with { ChangedSince = since });
        var rows = await source.ReadAllAsync(stage.Observer, FieldAllowList.Create(Allowed.Least));

        Assert.All(Enum.GetValues<RosterCollection>(), collection => Assert.Equal(RosterExtent.Changes, source.ExtentOf(collection)));
        Assert.Equal(4, rows.OfType<User>().Count(user => user.Status == RosterStatus.ToBeDeleted));
        Assert.Equal(4, rows.OfType<User>().Count());
        Assert.NotEmpty(rows.OfType<Enrollment>());
        Assert.Empty(rows.OfType<Org>());
    }

    [Fact]
    public async Task Rows_that_the_server_deleted_for_good_are_not_told()
    {
        await using var stage = await SisStage.StartAsync();
        stage.Time.Advance(TimeSpan.FromDays(1));
        var since = stage.Time.GetUtcNow();
        stage.State.WithdrawStudents(4);
        Assert.Empty(await stage.ReadAsync(stage.Observer, options => options with { ChangedSince = since }));
        await using var source = stage.Source();
        Assert.Equal(RosterExtent.Full, source.ExtentOf(RosterCollection.Users));
    }
}
