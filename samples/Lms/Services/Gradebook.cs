using System.Globalization;

namespace Samples.Lms.Services;

/// <summary>Line items and scores of the course; a test gets it from the application's services.</summary>
public sealed class Gradebook
{
    public const string FractionsId = "1";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, LineItem> _items = [];
    private readonly Dictionary<(string Item, string User), Score> _scores = [];
    private readonly List<(string Item, Score Score)> _posts = [];
    private int _lastId = 1;

    public Gradebook(LmsCourse course) => _items[1] = new LineItem
    {
        Id = FractionsId,
        Label = course.LinkTitle,
        ScoreMaximum = 100,
        ResourceLinkId = course.LinkId,
    };

    public IReadOnlyList<LineItem> Items
    {
        get
        {
            lock (_lock)
                return [.. _items.Values];
        }
    }

    /// <summary>Every score that was accepted, in order.</summary>
    public IReadOnlyList<(string Item, Score Score)> Posts
    {
        get
        {
            lock (_lock)
                return [.. _posts];
        }
    }

    public LineItem? Item(string id) => Items.FirstOrDefault(i => i.Id == id);

    /// <summary>The score people see: only once the tool says that grading is finished (AGS 2.0, 3.4.4).</summary>
    public Score? ShownFor(string item, string userId)
    {
        lock (_lock)
            return _scores.TryGetValue((item, userId), out Score? s) && s is { GradingProgress: "FullyGraded", ScoreGiven: not null } ? s : null;
    }

    internal LineItem Add(LineItem item)
    {
        lock (_lock)
            return _items[++_lastId] = item with { Id = _lastId.ToString(CultureInfo.InvariantCulture) };
    }

    internal void Replace(LineItem item)
    {
        lock (_lock)
            _items[int.Parse(item.Id!, CultureInfo.InvariantCulture)] = item;
    }

    internal void Remove(string id)
    {
        lock (_lock)
        {
            _items.Remove(int.Parse(id, CultureInfo.InvariantCulture));
            foreach (var key in _scores.Keys.Where(k => k.Item == id).ToList())
                _scores.Remove(key);
        }
    }

    /// <summary>False when a score at least as new is there already.</summary>
    internal bool TryPut(string item, Score score)
    {
        lock (_lock)
        {
            if (_scores.TryGetValue((item, score.UserId), out Score? old) && old.Timestamp >= score.Timestamp)
                return false;
            _scores[(item, score.UserId)] = score;
            _posts.Add((item, score));
            return true;
        }
    }
}
