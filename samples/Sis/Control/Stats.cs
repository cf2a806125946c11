using System.Collections.Concurrent;

namespace Samples.Sis;

/// <summary>What was asked of the server since it started.</summary>
public sealed class Stats
{
    private readonly ConcurrentDictionary<string, int> _requests = new();
    private readonly ConcurrentDictionary<string, string?> _fields = new();
    private readonly ConcurrentDictionary<string, bool> _scopes = new();
    private int _tokens;
    private int _exports;
    private int _demographics;

    /// <summary>Requests by collection, whatever was answered.</summary>
    public IReadOnlyDictionary<string, int> Requests => _requests;

    /// <summary>The last <c>fields=</c> by collection; null when the last request had none.</summary>
    public IReadOnlyDictionary<string, string?> LastFields => _fields;

    public IEnumerable<string> ScopesAsked => _scopes.Keys.Order(StringComparer.Ordinal);

    public int TokenRequests => _tokens;

    public int Exports => _exports;

    /// <summary>Whether the demographics collection or its scope was ever asked for.</summary>
    public bool DemographicsAsked => _demographics != 0;

    internal void CountToken(IEnumerable<string> scopes)
    {
        Interlocked.Increment(ref _tokens);
        foreach (string scope in scopes)
        {
            _scopes[scope] = true;
            if (scope.Contains("demographics", StringComparison.Ordinal))
                Interlocked.Increment(ref _demographics);
        }
    }

    internal void CountRows(string collection, string? fields)
    {
        _requests.AddOrUpdate(collection, 1, (_, n) => n + 1);
        _fields[collection] = fields;
        if (collection == "demographics")
            Interlocked.Increment(ref _demographics);
    }

    internal void CountExport() => Interlocked.Increment(ref _exports);
}
