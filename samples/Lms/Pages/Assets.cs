namespace Samples.Lms.Pages;

internal static class Assets
{
    public static void Map(WebApplication app)
    {
        Add("lms.css", "text/css; charset=utf-8");
        Add("submit.js", "text/javascript; charset=utf-8");
        Add("storage.js", "text/javascript; charset=utf-8");
        Add("storage-frame.js", "text/javascript; charset=utf-8");
        Add("storage-stranger.js", "text/javascript; charset=utf-8");
        Add("registration.js", "text/javascript; charset=utf-8");

        void Add(string name, string type)
        {
            using Stream stream = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            app.MapGet("/" + name, () => Results.Bytes(bytes, type));
        }
    }
}
