using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gateway.Tests.Privacy;

/// <summary>
/// Listens to every meter and every trace source of the process, as an exporter would that an operator attached. Left out of the traces is
/// ASP.NET Core's own activity of a request, for the reason that its log is: it holds the address that the visitor came with.
/// </summary>
internal sealed class Telltale : IDisposable
{
    private readonly MeterListener meters = new();
    private readonly ActivityListener traces;
    private readonly ConcurrentDictionary<string, bool> metrics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> spans = new(StringComparer.Ordinal);

    public Telltale()
    {
        meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();
        traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name != "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(traces);
    }

    /// <summary>Instruments and labels; of values only what is peculiar to somebody would show, so they are left as they are.</summary>
    public IEnumerable<string> Metrics => metrics.Keys;

    /// <summary>Names, labels and events of traces.</summary>
    public IEnumerable<string> Traces => spans.Keys;

    public void Dispose()
    {
        meters.Dispose();
        traces.Dispose();
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = $"{instrument.Meter.Name} {instrument.Name}";
        foreach (var (name, label) in tags)
            // Kestrel names the connection's own port: every connection would be a line of its own.
            text += name.EndsWith("port", StringComparison.Ordinal) ? "" : $" {name}={label}";
        metrics.TryAdd(text, true);
    }

    private void Note(Activity activity) => spans.TryAdd(
        string.Join('\n', [
            $"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription}",
            .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
            .. activity.Baggage.Select(item => $"{item.Key}={item.Value}"),
            .. activity.Events.Select(occurrence => $"{occurrence.Name} {string.Join(' ', occurrence.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        ]),
        true);
}
