using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OneRoster.Rest;

namespace OneRoster.Tests.Rest;

/// <summary>Keeps every line, exceptions included.</summary>
internal sealed class CapturingLog : ILogger<RestRosterSource>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
}
