using System.Text.Json;

namespace Samples.Demo;

/// <summary>The engine's copy of the roster, made over the gateway's API and kept by its change feed.</summary>
internal static class EngineCopy
{
    /// <summary>Waits until the engine knows every class that the gateway holds, and has taken in all that came with them.</summary>
    public static async Task<JsonElement> WaitAsync(DemoSettings settings, int classes, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Control-Key", settings.ControlKey);
        while (true)
        {
            var copy = JsonDocument.Parse(await http.GetStringAsync($"{settings.Engine}/roster-copy", patience.Token)).RootElement;
            if (copy.GetProperty("districts").EnumerateArray().Any(district =>
                district.GetProperty("whole").GetBoolean() && district.GetProperty("classes").GetInt32() == classes && district.GetProperty("titles").GetInt32() == classes))
            {
                return copy;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
        }
    }
}
