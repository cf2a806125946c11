using System.CommandLine;
using Gateway.Platforms;

namespace Gateway.Commands;

/// <summary><c>platform key DISTRICT ID [--own | --switch]</c></summary>
internal static class PlatformKeyCommand
{
    public static Command Key()
    {
        var own = new Option<bool>("--own") { Description = "Make the address of keys of its own; what signs stays the same until --switch." };
        var change = new Option<bool>("--switch") { Description = "The platform has been told the new address: its own keys sign from now on." };
        var command = new Command("key", "With which of the tool's keys the gateway signs for a platform; give it its own.") { DistrictCommands.District, PlatformCommands.Id, own, change };
        command.Validators.Add(result =>
        {
            if (result.GetValue(own) && result.GetValue(change))
                result.AddError("--own comes first; --switch when the platform has been told the address.");
        });
        return command.RunsForDistrict(async (invocation, district) =>
        {
            var (parsed, id, key) = (invocation.Parsed, invocation.Parsed.GetValue(PlatformCommands.Id), invocation.Get<PlatformKey>());
            var state = parsed.GetValue(own) ? await key.PrepareAsync(district.Id, id, invocation.Cancellation)
                : parsed.GetValue(change) ? await key.SwitchAsync(district.Id, id, invocation.Cancellation)
                : await key.ShowAsync(district.Id, id, invocation.Cancellation);
            return state.Succeeded
                ? invocation.Output.Done(new { id, state.Value.Keys, state.Value.JwksUrl, state.Value.NextJwksUrl }, Lines(district.Slug, id, state.Value))
                : invocation.Output.Failed(state.Failures);
        });
    }

    private static IEnumerable<string> Lines(string district, int id, PlatformKeyState state)
    {
        yield return $"Platform {id} finds the tool's keys at {state.JwksUrl} ({state.Keys}).";
        if (state.NextJwksUrl is not { } next)
            yield break;
        yield return $"It is being moved to {next}. Enter that address at the platform first, in the place of the old one;";
        yield return $"until then both are good: what signs now is published at both. Then: `platform key {district} {id} --switch`.";
    }
}
