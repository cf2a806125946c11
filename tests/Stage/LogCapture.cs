using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gateway.Stage;

/// <summary>A line of a log: its level, who wrote it, and its text with the exception's.</summary>
internal sealed record LoggedLine(LogLevel Level, string Category, string Text)
{
    /// <summary>Whether the product's own code wrote it, not a framework's.</summary>
    public bool IsOwn => Array.Exists(["Gateway.", "Lti.", "OneRoster."], own => Category.StartsWith(own, StringComparison.Ordinal));
}

/// <summary>Keeps every line that the gateway would log, however unimportant, frameworks' lines and exceptions included.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<LoggedLine> entries = new();

    public IReadOnlyCollection<LoggedLine> Entries => entries;

    public IReadOnlyCollection<string> Lines => [.. entries.Select(entry => $"{entry.Level} {entry.Category} {entry.Text}")];

    public ILogger CreateLogger(string categoryName) => new Capturing(categoryName, entries);

    public void Dispose()
    {
    }

    private sealed class Capturing(string category, ConcurrentQueue<LoggedLine> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new(logLevel, category, $"{formatter(state, exception)} {exception}"));
    }
}
