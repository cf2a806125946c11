using Gateway.Hosting;
using Lti.Launches;

namespace Gateway.Launches;

/// <summary>
/// The answer to a launch without a cookie whose platform offered its storage (L-1.4): its script asks there and posts the launch again,
/// with what it got. State and token were posted by this browser; both have the shape of one.
/// </summary>
internal static class StoragePage
{
    public static IResult For(PathString own, string idToken, string state, LaunchNeedsBinding<AdmittedLaunch> needs) => new ScriptedPage(
        OpeningPage.Title, LaunchScript.Address,
        $"""
        <div id="lti-launch" data-step="launch" data-platform="{Page.Text(needs.PlatformOrigin)}" data-storage="{Page.Text(needs.StorageTarget)}" data-key="{Page.Text(needs.BindingName)}">
        <h1>{OpeningPage.Title}</h1>
        <p role="status" data-working="One moment.">One moment.</p>
        <form method="post" action="{Page.Text(own.Add(LaunchesFeature.LaunchPath))}">
        <input type="hidden" name="id_token" value="{Page.Text(idToken)}">
        <input type="hidden" name="state" value="{Page.Text(state)}">
        <input type="hidden" name="binding" value="">
        </form>
        <div class="offer">
        <p>This takes longer than it should. Go back to your course and open the activity again; if it stays like this, open its link in a new tab.</p>
        </div>
        </div>
        """,
        // Its post says where it comes from: a launch that brings its binding is taken from here only.
        referrerPolicy: "same-origin");
}
