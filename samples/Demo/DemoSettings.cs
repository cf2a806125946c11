using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace Samples.Demo;

/// <summary>
/// Ports and secrets of the demonstration. Chosen once and kept under <c>.data/demo</c>, because the gateway remembers the addresses
/// that it was told.
/// </summary>
internal sealed record DemoSettings(int GatewayPort, int LmsPort, int SisPort, int EnginePort, string SisSecret, string EngineSecret, string ControlKey)
{
    public const string District = "sample-district";
    public const string EngineId = "practice-engine";
    public const string LmsClientId = "sample-lms-client";
    public const string SisClientId = "sample-sis-client";
    private const int Students = 500;

    public string DirectoryPath => Path.Combine(Paths.Root, ".data", "demo");

    public string Gateway => $"http://127.0.0.1:{GatewayPort}";

    public string Lms => $"http://127.0.0.1:{LmsPort}";

    public string Sis => $"http://127.0.0.1:{SisPort}";

    public string Engine => $"http://127.0.0.1:{EnginePort}";

    public static DemoSettings Load()
    {
        var directory = Path.Combine(Paths.Root, ".data", "demo");
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "settings.json");
        if (File.Exists(path) && JsonSerializer.Deserialize<DemoSettings>(File.ReadAllText(path)) is { } kept)
            return kept;

        var made = new DemoSettings(FreePort(5100), FreePort(5101), FreePort(5102), FreePort(5103), Secret(), Secret(), Secret());
        using (var writer = new StreamWriter(path, Private(FileMode.Create)))
            writer.Write(JsonSerializer.Serialize(made));
        return made;
    }

    public Dictionary<string, string> GatewayEnvironment() => new()
    {
        ["ASPNETCORE_URLS"] = Gateway,
        ["Gateway__PublicUrl"] = Gateway,
        ["Gateway__DataDirectory"] = Path.Combine(Paths.Root, ".data"),
        ["Gateway__AllowPrivateNetworks"] = "true",
    };

    public Dictionary<string, string> LmsEnvironment() => new()
    {
        ["Lms__Url"] = Lms,
        ["Lms__ClientId"] = LmsClientId,
        ["Lms__Students"] = $"{Students}",
        ["Lms__ToolLoginUrl"] = $"{Gateway}/lti/login",
        ["Lms__ToolRedirectUrls"] = $"{Gateway}/lti/launch",
        ["Lms__ControlKey"] = ControlKey,
    };

    public Dictionary<string, string> SisEnvironment() => new()
    {
        ["Sis__Url"] = Sis,
        ["Sis__ClientId"] = SisClientId,
        ["Sis__ClientSecret"] = SisSecret,
        ["Sis__Students"] = $"{Students}",
        ["Sis__ControlKey"] = ControlKey,
    };

    public Dictionary<string, string> EngineEnvironment(string webhookSecret) => new()
    {
        ["PracticeEngine__Url"] = Engine,
        ["PracticeEngine__Authority"] = Gateway,
        ["PracticeEngine__ClientId"] = EngineId,
        ["PracticeEngine__ClientSecret"] = EngineSecret,
        ["PracticeEngine__ControlKey"] = ControlKey,
        ["PracticeEngine__FollowRoster"] = "true",
        ["PracticeEngine__WebhookSecrets"] = webhookSecret,
    };

    /// <summary>A secret in a file of its own, as the command line wants it.</summary>
    public string SecretFile(string name, string secret)
    {
        var path = Path.Combine(DirectoryPath, name);
        using var writer = new StreamWriter(path, Private(FileMode.Create));
        writer.WriteLine(secret);
        return path;
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private static int FreePort(int preferred)
    {
        foreach (var port in new[] { preferred, 0 })
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException) when (port != 0)
            {
                // Taken: any other will do.
            }
        }

        throw new DemoFailedException("No port is free.");
    }
}
