namespace Samples.PracticeEngine.Practice;

internal static class Questions
{
    public static readonly Question[] All =
    [
        new("q1", "Which fraction is the same as 1/2?", ["2/3", "3/6", "4/6"], 1),
        new("q2", "What is 1/4 + 1/4?", ["1/2", "2/8", "1/8"], 0),
        new("q3", "Which is the greatest?", ["2/5", "3/10", "1/2"], 2),
    ];

    public static int Score(IFormCollection form) => All.Count(q => form[q.Name] == q.Values[q.Right]);
}

internal sealed record Question(string Name, string Text, string[] Values, int Right);
