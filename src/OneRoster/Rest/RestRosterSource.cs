using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// A roster behind the OneRoster REST binding, 1.1 or 1.2. Pages are parsed as they arrive, so memory holds a record and the ids of
/// two pages.
/// </summary>
public sealed class RestRosterSource : IRosterSource
{
    private readonly RestRosterSourceOptions options;
    private readonly RetryingSender sender;
    private readonly IRequestAuthorization authorization;
    private readonly HttpClient? owned;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <summary>Prepares to read; nothing is sent before <see cref="ReadAsync"/>.</summary>
    /// <param name="options">Where and how to reach the server.</param>
    /// <param name="http">The client to send with, which the caller owns unless it says otherwise. Its timeout bounds a request up to the response's headers.</param>
    /// <param name="time">The clock of waits and of token life.</param>
    /// <param name="logger">Receives codes and counts.</param>
    /// <param name="ownsClient">Whether the client is disposed with the source.</param>
    public RestRosterSource(RestRosterSourceOptions options, HttpClient http, TimeProvider time, ILogger<RestRosterSource> logger, bool ownsClient = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        (this.options, this.time, this.logger) = (options, time, logger);
        owned = ownsClient ? http : null;
        sender = new RetryingSender(http, options, time, logger);
        authorization = RequestAuthorization.Of(options, sender, time);
    }

    /// <inheritdoc/>
    public OneRosterVersion Version => options.Version;

    /// <inheritdoc/>
    public bool RolesComeWithUsers => true;

    /// <inheritdoc/>
    public RosterExtent ExtentOf(RosterCollection collection) => options.ChangedSince is null ? RosterExtent.Full : RosterExtent.Changes;

    /// <inheritdoc/>
    public async IAsyncEnumerable<RosterRow> ReadAsync(
        FieldAllowList allowed, IRosterObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        ArgumentNullException.ThrowIfNull(observer);
        var rows = new List<RosterRow>();
        var habits = new ServerHabits();
        var requests = new AuthorizedRequests(sender, authorization, habits, logger);

        // The roles come with the users.
        foreach (var collection in allowed.Collections.Where(collection => collection != RosterCollection.UserRoles))
        {
            var progress = new ProgressCount(collection, allowed, observer, options.PageSize);
            await using var reader = Reader(collection, allowed, observer, requests, habits);
            for (var step = ReadStep.Record; step != ReadStep.End;)
            {
                step = await reader.ReadAsync(rows, cancellationToken);
                progress.Expected = reader.Expected;
                if (step == ReadStep.Restarted)
                {
                    observer.Restarted(collection);
                    progress.Restart();
                }

                foreach (var row in rows)
                {
                    progress.Count(row);
                    yield return row;
                }
            }

            progress.Complete(withRoles: collection == RosterCollection.Users);
        }

        habits.Judge();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        owned?.Dispose();
        return ValueTask.CompletedTask;
    }

    private CollectionReader Reader(
        RosterCollection collection, FieldAllowList allowed, IRosterObserver observer, AuthorizedRequests authorized, ServerHabits habits)
    {
        var properties = RestSchema.Properties(collection, Version, allowed);
        var roles = RestSchema.RoleProperties(collection, Version, allowed);
        var names = properties.ToDictionary(property => property.Field, property => property.Name);
        var findings = new FindingSite(observer, field => names.GetValueOrDefault(field, FieldCatalog.NameOf(field))) { Collection = collection };
        var parser = new RecordParser(properties, roles, findings);
        var builder = new RowBuilder(collection, Version, parser.Fields, findings, withRoles: allowed.Allows(RosterCollection.UserRoles));
        IReadOnlyList<string> fields = [.. properties.Where(property => !property.Unasked).Select(property => property.Name), .. roles.Length > 0 ? ["roles"] : Array.Empty<string>()];
        var requests = new PageRequests(collection, fields, options, authorized, habits, findings, logger);
        return new CollectionReader(collection, requests, parser, builder, findings, options, sender, habits, time, logger);
    }
}
