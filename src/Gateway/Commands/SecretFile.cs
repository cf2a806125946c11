namespace Gateway.Commands;

/// <summary>Reads a secret from a file, so that it stands in no shell history and no process list; its trailing newline is not part of it.</summary>
internal static class SecretFile
{
    public static async Task<Outcome<string?>> ReadAsync(string? path, CancellationToken cancellation)
    {
        if (path is null)
            return (string?)null;
        try
        {
            return (await File.ReadAllTextAsync(path, cancellation)).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure("command.secret_file_unreadable", $"The secret file {path} cannot be read.");
        }
    }
}
