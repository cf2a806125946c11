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
    private readonly HashSet<(string Item, string User)> _locked = [];
    private readonly LmsOptions _options;
    private int _lastId = 1;

    public Gradebook(LmsCourse course, LmsOptions options)
    {
        _options = options;
        _items[1] = new LineItem
        {
            Id = FractionsId,
            Label = course.LinkTitle,
            ScoreMaximum = 100,
            ResourceLinkId = course.LinkId,
        };
    }

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

    /// <summary>A teacher enters a grade by hand.</summary>
    public void Enter(string item, string userId, double points, DateTimeOffset at)
    {
        lock (_lock)
            _scores[(item, userId)] = new Score(userId, points, 100, null, "Completed", "FullyGraded", at);
    }

    /// <summary>A teacher locks the grade of one person, or unlocks it.</summary>
    public void Lock(string item, string userId, bool locked = true)
    {
        lock (_lock)
            _ = locked ? _locked.Add((item, userId)) : _locked.Remove((item, userId));
    }

    internal bool IsLocked(string item, string userId)
    {
        lock (_lock)
            return _locked.Contains((item, userId));
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

    /// <summary>Takes a score; null, or the grade that is there already and is as new.</summary>
    internal Score? Put(string item, Score score)
    {
        lock (_lock)
        {
            if (_scores.TryGetValue((item, score.UserId), out Score? old) && IsAsNew(old, score))
                return old;
            _scores[(item, score.UserId)] = AsStored(score);
            _posts.Add((item, score));
            return null;
        }
    }

    private bool IsAsNew(Score old, Score score) => _options.GradebookHabit switch
    {
        GradebookHabit.Moodle43 => old.Timestamp.ToUnixTimeSeconds() >= score.Timestamp.ToUnixTimeSeconds(),
        GradebookHabit.Canvas => old.Timestamp > score.Timestamp,
        _ => old.Timestamp >= score.Timestamp,
    };

    private Score AsStored(Score score) => _options.GradebookHabit switch
    {
        GradebookHabit.Moodle43 => score with
        {
            Timestamp = _options.Time.GetUtcNow(),
            ScoreGiven = score.GradingProgress == "FullyGraded" ? score.ScoreGiven : null,
        },
        GradebookHabit.Canvas when score.GradingProgress is "Pending" or "Failed" or "NotReady" => score with { ScoreGiven = null },
        _ => score,
    };
}
