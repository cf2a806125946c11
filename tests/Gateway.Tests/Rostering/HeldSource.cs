using System.Threading.Channels;
using OneRoster.Csv;
using OneRoster.Model;

namespace Gateway.Tests.Rostering;

/// <summary>The rows of a CSV folder, with a stop after so many of them until the test lets them go on.</summary>
internal sealed class HeldSource(string folder, int holdAfter = 20, Action? onHold = null) : IRosterSource
{
    private readonly IRosterSource rows = CsvRosterSource.Open(folder, new CsvLimits()).Source!;
    private readonly Channel<bool> reading = Channel.CreateUnbounded<bool>();
    private readonly Channel<int> release = Channel.CreateUnbounded<int>();

    public Task Reading => reading.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    public OneRosterVersion Version => rows.Version;

    public bool RolesComeWithUsers => rows.RolesComeWithUsers;

    public RosterExtent ExtentOf(RosterCollection collection) => rows.ExtentOf(collection);

    public void Release(int andHoldAfter = int.MaxValue) => release.Writer.TryWrite(andHoldAfter);

    public async IAsyncEnumerable<RosterRow> ReadAsync(
        FieldAllowList allowed, IRosterObserver observer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var yielded = 0;
        var hold = holdAfter;
        await foreach (var row in rows.ReadAsync(allowed, observer, cancellationToken))
        {
            if (yielded++ == hold)
            {
                onHold?.Invoke();
                reading.Writer.TryWrite(true);
                hold = await release.Reader.ReadAsync(cancellationToken);
            }

            yield return row;
        }
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
