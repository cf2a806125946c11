namespace Samples.Lms.Services;

/// <summary>AGS 2.0, 3.4: what a tool says of one person's work.</summary>
public sealed record Score(
    string UserId,
    double? ScoreGiven,
    double? ScoreMaximum,
    string? Comment,
    string ActivityProgress,
    string GradingProgress,
    DateTimeOffset Timestamp);
