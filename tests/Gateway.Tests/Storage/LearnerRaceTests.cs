using Gateway.Storage;
using Npgsql;

namespace Gateway.Tests.Storage;

public sealed class LearnerRaceTests
{
    [Fact]
    public async Task A_write_whose_learner_has_gone_is_tried_once_more()
    {
        var tries = 0;
        Assert.Equal(2, await LearnerRace.RetryAsync(() => ++tries == 1 ? throw Gone() : Task.FromResult(tries)));
    }

    [Fact]
    public async Task A_write_that_fails_twice_fails()
    {
        var tries = 0;
        await Assert.ThrowsAsync<PostgresException>(() => LearnerRace.RetryAsync<int>(() =>
        {
            tries++;
            throw Gone();
        }));
        Assert.Equal(2, tries);
    }

    private static PostgresException Gone() => new("made up", "ERROR", "ERROR", PostgresErrorCodes.ForeignKeyViolation);
}
