using Samples.MadeUpDistrict;

namespace Samples.Sis;

/// <summary>Everything the running server remembers; a test gets it from the application's services.</summary>
public sealed class SisState
{
    private readonly Lock _lock = new();
    private readonly SisOptions _options;
    private Roster _roster;

    public SisState(SisOptions options)
    {
        _options = options;
        DateOnly today = options.Today ?? DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime);
        _roster = new Roster(new District(options.Seed, options.Students, today));
    }

    public Roster Roster => Volatile.Read(ref _roster);

    public Stats Stats { get; } = new();

    /// <summary>Students arrive, with their enrollments, and new classes where they are needed.</summary>
    public void AddStudents(int students) => Change(r => r.WithMore(students, _options.Time.GetUtcNow()));

    /// <summary>Students leave, and so do their enrollments; classes and teachers stay.</summary>
    public void WithdrawStudents(int students, Withdrawal how = Withdrawal.Absent) =>
        Change(r => r.Without(students, how, _options.Time.GetUtcNow()));

    internal void Apply(RosterChange change)
    {
        if (change.Withdraw > 0)
            WithdrawStudents(change.Withdraw);
        if (change.Add > 0)
            AddStudents(change.Add);
    }

    private void Change(Func<Roster, Roster> change)
    {
        lock (_lock)
            Volatile.Write(ref _roster, change(_roster));
    }
}
