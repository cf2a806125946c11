using System.CommandLine;
using System.Globalization;
using Gateway.Districts;
using Gateway.Identity;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary><c>keys rotate</c> and <c>keys list</c></summary>
internal static class KeysCommands
{
    public static Command Create() => new("keys", "The gateway's own signing keys, and the districts' keys.") { Rotate(), List() };

    private static Command Rotate()
    {
        var purpose = new Option<string>("--purpose") { Description = "lti (towards platforms), openid or openid-rs256 (towards engines), certificate (of deletions); default: all.", HelpName = "lti|openid|openid-rs256|certificate" };
        purpose.AcceptOnlyFromAmong([.. SigningPurpose.All.Select(p => p.Name)]);
        var now = new Option<bool>("--now") { Description = "For a key that others may have: the new one signs at once, the old ones are unpublished." };
        var district = new Option<string>("--district") { Description = "Replace this district's key instead: launches and rosters move everybody over.", HelpName = "DISTRICT" };
        return new Command("rotate", "Begin to replace a key; signing keys are replaced every 90 days without it.") { purpose, now, district }.Runs(async invocation =>
        {
            if (invocation.Parsed.GetValue(district) is { } slug)
                return await RotateDistrictAsync(invocation, slug);
            var rotation = invocation.Get<SigningKeyRotation>();
            var wanted = invocation.Parsed.GetValue(purpose);
            var turns = new List<SigningKeyTurn>();
            foreach (var one in SigningPurpose.All.Where(p => IsMeant(p, wanted, invocation.Parsed.GetValue(now))))
                foreach (var set in await rotation.SetsOfAsync(one, invocation.Cancellation))
                    turns.Add(invocation.Parsed.GetValue(now)
                        ? await rotation.ReplaceAsync(set, invocation.Cancellation)
                        : await rotation.BeginAsync(set, invocation.Cancellation));
            return invocation.Output.Done(
                turns.Select(t => new { t.Purpose, t.KeySet, t.Kid, t.ActivatesAt, t.Begun }),
                turns.Select(t => string.Create(CultureInfo.InvariantCulture,
                    $"{t.Purpose}{(t.KeySet is { } set ? $" {set:N}" : "")}: {(t.Begun ? "new key" : "a rotation is under way: key")} {t.Kid}, signs from {t.ActivatesAt:yyyy-MM-dd HH:mm}Z")));
        });
    }

    // What is withdrawn at once takes every certificate of deletion with it: that has to be asked for by name.
    private static bool IsMeant(SigningPurpose purpose, string? wanted, bool now) => wanted is null ? !(now && purpose.IsPublishedForGood) : purpose.Name == wanted;

    private static Command List() => new Command("list", "Every key and secret that the database holds sealed, with its age.").Runs(async invocation =>
    {
        var keys = await invocation.Get<ListKeys>().RunAsync(invocation.Cancellation);
        var now = invocation.Get<TimeProvider>().GetUtcNow();
        return invocation.Output.Done(
            keys.Select(key => new { key.Kind, key.Name, key.District, key.CreatedAt, ageDays = (int)(now - key.CreatedAt).TotalDays, key.State }),
            keys.Select(key => string.Create(CultureInfo.InvariantCulture,
                $"{(now - key.CreatedAt).TotalDays,5:F0} days  {key.State,-9}  {key.Kind,-26}  {key.District ?? "-"}  {key.Name}")));
    });

    private static async Task<int> RotateDistrictAsync(Invocation invocation, string slug)
    {
        var found = await invocation.Get<FindDistrict>().BySlugAsync(slug, invocation.Cancellation);
        if (!found.Succeeded)
            return invocation.Output.Failed(found.Failures);
        var begun = await invocation.Get<RotateDistrictKey>().RunAsync(found.Value.Id, invocation.Cancellation);
        return begun.Succeeded
            ? invocation.Output.Done(begun.Value, string.Create(CultureInfo.InvariantCulture, $"{slug}: version {begun.Value.Version}, in force from {begun.Value.ActiveFrom:yyyy-MM-dd HH:mm}Z"))
            : invocation.Output.Failed(begun.Failures);
    }
}
