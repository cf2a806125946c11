using System.Text.Json.Nodes;
using Gateway.Stage;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>Something that must be accepted, and as what.</summary>
internal sealed record AcceptedCase(string Name, string Role, Func<CaseStage, Task<Answer>> SendAsync)
{
    public static AcceptedCase Claims(string name, string role, Action<JsonObject> change, string client = CaseStage.Main) =>
        new(name, role, async cases =>
        {
            var launch = await cases.BeginAsync(client);
            return await launch.SendAsync(launch.Sign(change));
        });
}
