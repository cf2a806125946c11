using System.Globalization;
using Gateway.Rostering;
using Spectre.Console;

namespace Gateway.Commands;

/// <summary>
/// How far a roster run is, on standard error: a bar for each phase on a terminal, elsewhere a plain line for each phase and one every
/// ten seconds.
/// </summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    public static async Task<T> ShowAsync<T>(TextWriter error, TimeProvider time, Func<IProgress<RosterProgress>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
            return await work(new Lines(error, time));
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    /// <summary>How much of the collection that is read, or of the phase's steps, is done; null when nobody can tell.</summary>
    public static double? ShareOf(RosterProgress progress) => progress switch
    {
        { Steps: > 0 } => Math.Clamp((progress.Step - 1) / (double)progress.Steps, 0, 1),
        { Expected: > 0 and var expected } => Math.Clamp(progress.Rows / (double)expected, 0, 1),
        _ => null,
    };

    public static string TextOf(RosterProgress progress)
    {
        var text = progress.Phase;
        if (progress.Steps > 1)
            text += $" step {progress.Step} of {progress.Steps}";
        if (progress.Collection is not null)
            text += string.Create(CultureInfo.InvariantCulture, $" {progress.Collection} {progress.Rows:N0}{(progress.Expected is { } expected ? $" of about {expected:N0}" : "")}");
        if (progress.RowsPerSecond is { } rate)
            text += string.Create(CultureInfo.InvariantCulture, $", {rate:N0} rows/s");
        if (progress.Left is { } left)
            text += string.Create(CultureInfo.InvariantCulture, $", {left.TotalSeconds:0} s left");
        return text;
    }

    /// <summary>One line a phase, and one every ten seconds of a long one.</summary>
    internal sealed class Lines(TextWriter output, TimeProvider time) : IProgress<RosterProgress>
    {
        private string phase = "";
        private long spoken;

        public void Report(RosterProgress progress)
        {
            if (progress.Phase == phase && time.GetElapsedTime(spoken) < BetweenLines)
                return;
            (phase, spoken) = (progress.Phase, time.GetTimestamp());
            output.WriteLine(TextOf(progress));
        }
    }

    private sealed class Bars(ProgressContext context) : IProgress<RosterProgress>
    {
        private string phase = "";
        private ProgressTask? bar;

        public void Report(RosterProgress progress)
        {
            if (progress.Phase != phase)
            {
                End();
                phase = progress.Phase;
                bar = context.AddTask(Markup.Escape(TextOf(progress)));
            }

            bar!.Description = Markup.Escape(TextOf(progress));
            bar.IsIndeterminate = ShareOf(progress) is null;
            bar.Value = (ShareOf(progress) ?? 0) * bar.MaxValue;
        }

        private void End()
        {
            if (bar is null)
                return;
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
            bar.StopTask();
        }
    }
}
