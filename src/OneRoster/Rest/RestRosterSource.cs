using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>A roster behind the OneRoster REST binding, 1.1 or 1.2, with OAuth 2 client credentials.</summary>
public sealed class RestRosterSource : IRosterSource
{
    private readonly RestRosterSourceOptions options;

    /// <summary>Prepares to read; nothing is sent before <see cref="ReadAsync"/>.</summary>
    /// <param name="options">Where and how to reach the server.</param>
    /// <param name="http">The client to send with, which the caller owns. Its timeout bounds a request up to the response's headers.</param>
    /// <param name="time">The clock of waits and of token life.</param>
    /// <param name="logger">Receives codes and counts.</param>
    public RestRosterSource(RestRosterSourceOptions options, HttpClient http, TimeProvider time, ILogger<RestRosterSource> logger)
    {
        this.options = options;
    }

    /// <inheritdoc/>
    public OneRosterVersion Version => options.Version;

    /// <inheritdoc/>
    public async IAsyncEnumerable<RosterRow> ReadAsync(
        FieldAllowList allowed, IRosterObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
