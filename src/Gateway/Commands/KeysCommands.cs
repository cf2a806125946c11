using System.CommandLine;
using System.Globalization;
using Gateway.Identity;

namespace Gateway.Commands;

/// <summary><c>keys rotate</c></summary>
internal static class KeysCommands
{
    public static Command Create() => new("keys", "The gateway's own signing keys.") { Rotate() };

    private static Command Rotate()
    {
        var purpose = new Option<string>("--purpose") { Description = "lti (towards platforms), openid or openid-rs256 (towards engines), certificate (of deletions); default: all.", HelpName = "lti|openid|openid-rs256|certificate" };
        purpose.AcceptOnlyFromAmong([.. SigningPurpose.All.Select(p => p.Name)]);
        var now = new Option<bool>("--now") { Description = "For a key that others may have: the new one signs at once, the old ones are unpublished." };
        return new Command("rotate", "Begin to replace a key; without this it happens every 90 days by itself.") { purpose, now }.Runs(async invocation =>
        {
            var rotation = invocation.Get<SigningKeyRotation>();
            var wanted = invocation.Parsed.GetValue(purpose);
            var turns = new List<SigningKeyTurn>();
            foreach (var one in SigningPurpose.All.Where(p => wanted is null || p.Name == wanted))
                turns.Add(invocation.Parsed.GetValue(now)
                    ? await rotation.ReplaceAsync(one, invocation.Cancellation)
                    : await rotation.BeginAsync(one, invocation.Cancellation));
            return invocation.Output.Done(
                turns.Select(t => new { t.Purpose, t.Kid, t.ActivatesAt, t.Begun }),
                turns.Select(t => string.Create(CultureInfo.InvariantCulture,
                    $"{t.Purpose}: {(t.Begun ? "new key" : "a rotation is under way: key")} {t.Kid}, signs from {t.ActivatesAt:yyyy-MM-dd HH:mm}Z")));
        });
    }
}
