namespace Browser.Tests.Browsing;

/// <summary>The distribution's own Chromium: nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>
    /// Nothing of the browser's own goes out, and no name but loopback's resolves. Third-party cookies are blocked as browsers' makers
    /// plan it; <c>FrameLaunchTests</c> has the proof that they are.
    /// </summary>
    public static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--test-third-party-cookie-phaseout",
        // A frame that goes from site to site, and so from process to process, is lost to Playwright now and then. What pages may do
        // to each other, and which cookies they have, does not depend on processes.
        "--disable-site-isolation-trials",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    ];

    /// <summary>The executable; a missing one fails the tests, it does not skip them.</summary>
    public static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"The browser tests need Chromium: none of {string.Join(", ", Names)} is on the PATH. "
                + "On Debian and Ubuntu: apt-get install --no-install-recommends chromium");
    }
}
