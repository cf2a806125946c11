using System.Collections.Frozen;
using Gateway.Privacy;
using Gateway.Rostering.Staging;
using Npgsql;
using OneRoster.Model;

namespace Gateway.Rostering;

/// <summary>What the phases of one run share. Everything happens on the one connection, which holds the run lock and the temporary tables.</summary>
internal sealed class RosterRunContext(
    RosterRunRequest request, long runId, IRosterSource? source, RosterSettings settings, FrozenSet<SharedField> shared, NpgsqlConnection connection, DistrictKeyRing keys, DateOnly today,
    RosterLedger ledger, RunWatch watch) : IAsyncDisposable
{
    public RosterRunRequest Request => request;

    public long RunId => runId;

    public RosterSettings Settings => settings;

    /// <summary>What may be read under which version of the policy (P-4.3).</summary>
    public required PrivacyPolicy Policy { get; init; }

    /// <summary>The version that the district has accepted.</summary>
    public required int AcceptedPolicy { get; init; }

    /// <summary>The fields that are kept because the district gives them to an engine (P-1.4); they can only become fewer while the run goes on.</summary>
    public FrozenSet<SharedField> Shared { get; set; } = shared;

    public NpgsqlConnection Connection => connection;

    public DistrictKeyRing Keys => keys;

    /// <summary>The day in the district's time zone: the day on which what is absent ends .</summary>
    public DateOnly Today => today;

    public RosterLedger Ledger => ledger;

    public RunWatch Watch => watch;

    /// <summary>Collections of the source without a row that can be used.</summary>
    public IReadOnlyList<string> EmptyCollections { get; set; } = [];

    /// <summary>Whether the staged enrollments are changes of what the district has, and not all there is.</summary>
    public bool EnrollmentsAreChanges { get; set; }

    /// <summary>What was staged, once the source has been read.</summary>
    public StagedDigest? Staged { get; set; }

    /// <summary>By which a later run knows this roster again; null where none may.</summary>
    public byte[]? Digest { get; set; }

    /// <summary>The run that compared the same roster, if one did and nothing has changed since: there is nothing to do.</summary>
    public long? SameAs { get; set; }

    /// <summary>Before and after, once compared.</summary>
    public RosterComparison? Comparison { get; set; }

    /// <summary>Whether a person has to approve the run first.</summary>
    public bool Waits => Comparison is { } comparison && WaitsFor(comparison.Reasons);

    /// <summary>People whom the roster makes one, or two again.</summary>
    public PeopleChanges People { get; set; } = PeopleChanges.None;

    /// <summary>Nobody is made one or two in this run: it only adds, or it waits while additions go ahead. Whom that concerns waits with the rest.</summary>
    public bool LeavesPeople { get; set; }

    /// <summary>Why the run waits, where it is compared again without what waits.</summary>
    public IReadOnlyList<RosterWaitReason>? Judged { get; set; }

    /// <summary>Whether all users were read, so that what is not said of them is not so.</summary>
    public bool HasWholeUsers => ledger.BroadPatterns is not null;

    /// <summary>Whether a person has to approve the run first, if there are such reasons.</summary>
    public bool WaitsFor(IReadOnlyList<RosterWaitReason> reasons) => reasons.Count > 0 && !request.Approved && request.Approves is null && !request.AdditionsOnly;

    /// <summary>Whether the learner lock is taken before the comparison, not after it.</summary>
    public bool LocksFirst { get; set; }

    /// <summary>The last number of the change feed before the comparison looked at learners.</summary>
    public long FeedPosition { get; set; }

    /// <summary>The transaction of comparing and switching, once it is open.</summary>
    public NpgsqlTransaction? Transaction { get; set; }

    /// <summary>What is read; an approved run reads nothing.</summary>
    public IRosterSource Source => source ?? throw new InvalidOperationException("An approved run has no source.");

    public RosterExtent ExtentOf(RosterCollection collection) => Source.ExtentOf(collection);

    /// <summary>A command without a time limit: on a large roster one statement may take minutes.</summary>
    public NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql, connection, Transaction) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("district", request.District);
        command.Parameters.AddWithValue("today", today);
        return command;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Undoes what was not committed.</summary>
    public async Task RollBackAsync()
    {
        if (Transaction is { } transaction)
            await transaction.DisposeAsync();
        Transaction = null;
    }

    public ValueTask DisposeAsync() => new(RollBackAsync());
}
