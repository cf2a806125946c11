using System.Diagnostics;

namespace Gateway.Stage;

/// <summary>
/// A real nginx on loopback, as its package configures it but for the addresses: what its defaults do not let through, does not arrive.
/// Needs the package nginx-light.
/// </summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private readonly string directory;
    private readonly Process process;

    private NginxProxy(string directory, Process process) => (this.directory, this.process) = (directory, process);

    /// <summary>Starts it between a path of its site and a server.</summary>
    /// <param name="site">Scheme, host and port that it listens on.</param>
    /// <param name="path">The path below which the server lives, with a slash at its end.</param>
    /// <param name="server">Scheme, host and port of the server.</param>
    /// <param name="keepsPath">Whether the server is sent the path, too.</param>
    public static async Task<NginxProxy> StartAsync(string site, string path, string server, bool keepsPath)
    {
        var program = new[] { "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx", "/usr/local/bin/nginx" }.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no nginx: install nginx-light.");
        var directory = Directory.CreateTempSubdirectory("nginx-").FullName;
        var config = Path.Combine(directory, "nginx.conf");
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {directory}/{kind};\n"));
        await File.WriteAllTextAsync(config, $$"""
            daemon off;
            master_process off;
            pid {{directory}}/nginx.pid;
            error_log stderr notice;
            events {}
            http {
              access_log off;
              {{temporary}}
              server {
                listen {{new Uri(site).Authority}};
                location {{path}} { proxy_pass {{server}}{{(keepsPath ? "" : "/")}}; }
              }
            }
            """);
        var process = Process.Start(new ProcessStartInfo(program, ["-p", directory, "-e", "stderr", "-c", config]) { RedirectStandardError = true })!;
        var proxy = new NginxProxy(directory, process);
        var errors = process.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        await Until.TrueAsync(async () =>
        {
            if (process.HasExited)
                throw new InvalidOperationException($"nginx did not start: {await errors}");
            try
            {
                using var answer = await http.GetAsync(site);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "nginx listens");
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
