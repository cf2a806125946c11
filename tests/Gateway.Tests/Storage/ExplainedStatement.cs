using System.Text.Json;

namespace Gateway.Tests.Storage;

/// <summary>One statement and the costliest step of its plan.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Step">The step that visited most rows, and of what.</param>
/// <param name="Visited">Rows that this step gave or looked at in vain, over all of its repetitions.</param>
/// <param name="Times">How often it was repeated.</param>
internal sealed record ExplainedStatement(string Text, string Step, double Visited, double Times)
{
    public static ExplainedStatement Of(JsonElement explained)
    {
        var (step, visited, times) = Costliest(explained.GetProperty("Plan"));
        return new(explained.GetProperty("Query Text").GetString()!, step, visited, times);
    }

    public override string ToString() => $"{Step}: {Visited:N0} rows in {Times:N0} repetitions of\n{Text}";

    private static (string Step, double Visited, double Times) Costliest(JsonElement plan)
    {
        var times = Number(plan, "Actual Loops");
        var rows = Number(plan, "Actual Rows") + Number(plan, "Rows Removed by Filter") + Number(plan, "Rows Removed by Join Filter");
        var most = ($"{plan.GetProperty("Node Type").GetString()} {(plan.TryGetProperty("Relation Name", out var of) ? of.GetString() : "")}", rows * times, times);
        if (plan.TryGetProperty("Plans", out var below))
            foreach (var one in below.EnumerateArray())
                if (Costliest(one) is var costly && costly.Visited > most.Item2)
                    most = costly;
        return most;
    }

    private static double Number(JsonElement plan, string name) => plan.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
