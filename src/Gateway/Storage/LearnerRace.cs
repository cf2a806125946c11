using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// A learner that was found may be gone before the row that refers to it is written: a launch made one learner of two meanwhile.
/// Nothing was written then, and the second try finds the learner that is left.
/// </summary>
internal static class LearnerRace
{
    public static async Task<T> RetryAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return await write();
        }
    }
}
