using System.Text.Json;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Roster;

/// <summary>
/// Reads each district's roster once, then follows its changes. Told of changes by webhook it asks when it is nudged; without a webhook
/// it waits at the gateway (long-poll).
/// </summary>
internal sealed class RosterFollower(PracticeEngineOptions options, GatewayRoster gateway, RosterCopies copies, LearnerSessions sessions, Practice.SubmittedWork work, Nudges nudges) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookForDistricts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WithoutNudge = TimeSpan.FromMinutes(5);
    private const int LongPoll = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var following = new Dictionary<string, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (District district in await gateway.DistrictsAsync(stoppingToken))
                {
                    if (!following.TryGetValue(district.Id, out Task? task) || task.IsCompleted)
                        following[district.Id] = FollowAsync(district.Id, stoppingToken);
                }
                await Task.Delay(LookForDistricts, options.Time, stoppingToken);
            }
            catch (Exception e) when (IsTrouble(e, stoppingToken))
            {
                await WaitAsync(stoppingToken);
            }
        }
        await Task.WhenAll(following.Values);
    }

    private async Task FollowAsync(string district, CancellationToken cancel)
    {
        string? cursor = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (cursor is null)
                {
                    // The place in the feed first: what changes while the roster is read is then read again.
                    cursor = (await gateway.ChangesAsync(district, "latest", wait: 0, cancel)).Cursor;
                    copies.Put(district, await ReadAllAsync(district, cancel));
                    await EraseAsync(district, copies.Of(district)!, cancel);
                }
                bool nudged = options.WebhookSecrets is { Length: > 0 };
                ChangePage page = await gateway.ChangesAsync(district, cursor, nudged ? 0 : LongPoll, cancel);
                if (page.Expired)
                {
                    cursor = null;
                    continue;
                }
                await TakeInAsync(district, copies.Of(district)!, page, cancel);
                cursor = page.Cursor;
                await EraseAsync(district, copies.Of(district)!, cancel);
                if (nudged && !page.More)
                    await nudges.WaitAsync(district, WithoutNudge, cancel);
            }
            catch (HttpRequestException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                // The district took itself away from this engine: its copy goes too.
                copies.Drop(district);
                return;
            }
            catch (Exception e) when (IsTrouble(e, cancel))
            {
                await WaitAsync(cancel);
            }
        }
    }

    private async Task<DistrictCopy> ReadAllAsync(string district, CancellationToken cancel)
    {
        var copy = new DistrictCopy { IsWhole = true };
        foreach (SchoolClass one in await gateway.AllAsync<SchoolClass>(district, "classes", cancel))
            copy.Classes[one.Id] = one;
        foreach (Learner one in await gateway.AllAsync<Learner>(district, "learners", cancel))
            copy.Learners[one.Id] = one;
        foreach (var of in (await gateway.AllAsync<Membership>(district, "enrollments", cancel)).GroupBy(m => m.Learner!))
            copy.Memberships[of.Key] = [.. of];
        return copy;
    }

    // A change says what to fetch again; many changes of one learner are one question.
    private async Task TakeInAsync(string district, DistrictCopy copy, ChangePage page, CancellationToken cancel)
    {
        IReadOnlyList<Change> changes = page.Data;
        copy.IsWhole &= changes.Count == 0;
        foreach (string id in changes.Where(c => c.Entity == "class").Select(c => c.Class!).Distinct())
        {
            if (changes.Last(c => c.Entity == "class" && c.Class == id).Kind != "ended" && await gateway.OneAsync<SchoolClass>(district, $"classes/{id}", cancel) is { } one)
                copy.Classes[id] = one;
            else
                copy.Classes.TryRemove(id, out _);
        }
        // A person who is signed in as a learner that was split may be either of the two: the next launch says which.
        foreach (Change split in changes.Where(c => c.Kind == "split"))
            sessions.Forget(split.From!);
        foreach (string id in changes.SelectMany(c => new[] { c.Learner, c.Into, c.From }).OfType<string>().Distinct())
        {
            if (await gateway.OneAsync<Learner>(district, $"learners/{id}", cancel) is { } one)
            {
                copy.Learners[id] = one;
                copy.Memberships[id] = await gateway.AllAsync<Membership>(district, $"learners/{id}/classes", cancel);
            }
            else
            {
                copy.Forget(id);
            }
        }
        copy.Changes += changes.Count;
        copy.IsWhole = !page.More;
    }

    // Everything that is kept of a learner goes, and only then the gateway is told.
    private async Task EraseAsync(string district, DistrictCopy copy, CancellationToken cancel)
    {
        foreach (Erasure erasure in await gateway.ErasuresAsync(district, cancel))
        {
            copy.Forget(erasure.Learner);
            sessions.Forget(erasure.Learner);
            work.Forget(erasure.Learner);
            await gateway.ConfirmAsync(district, erasure, cancel);
            copy.Erasures++;
        }
    }

    private static bool IsTrouble(Exception e, CancellationToken cancel) =>
        !cancel.IsCancellationRequested && e is HttpRequestException or JsonException or OperationCanceledException or ArgumentException;

    private Task WaitAsync(CancellationToken cancel) => Task.Delay(Pause, options.Time, cancel).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
