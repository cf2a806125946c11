using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Stage;

/// <summary>A mail that a server took: who it is for, and its lines as they came, dots unstuffed.</summary>
internal sealed record ReceivedMail(string From, string To, IReadOnlyList<string> Lines)
{
    public string Subject => Header("Subject");

    public string Body => string.Join('\n', Lines.SkipWhile(line => line.Length > 0).Skip(1)).TrimEnd();

    public string Header(string name) => Lines.TakeWhile(line => line.Length > 0)
        .Single(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
}

/// <summary>A small mail server (RFC 5321) on loopback that keeps what it takes, and fails as servers do.</summary>
internal sealed class SmtpInbox : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ReceivedMail> mails = new();
    private readonly ConcurrentQueue<string> commands = new();
    private readonly Task accepting;

    public SmtpInbox()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    public IReadOnlyList<ReceivedMail> Mails => [.. mails];

    /// <summary>Every line that clients said, but for the mails themselves.</summary>
    public IReadOnlyList<string> Commands => [.. commands];

    /// <summary>What is answered to a command (its first word) in place of what should be; <c>null</c> as an answer: the connection ends.</summary>
    public ConcurrentDictionary<string, string?> Answers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The server accepts and says nothing.</summary>
    public bool IsMute { get; set; }

    /// <summary>What it says that it can, besides the protocol's own.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = [];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            if (IsMute)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping.Token);
            await TalkAsync(reader, writer);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client went, or the test is over.
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        string from = "", to = "";
        if (!await SayAsync(writer, "CONNECT", "220 inbox.example ESMTP"))
            return;
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            commands.Enqueue(line);
            var word = line.Split(' ')[0].ToUpperInvariant();
            switch (word)
            {
                case "EHLO":
                    if (!await SayAsync(writer, word, string.Join("\r\n", Extensions.Prepend("inbox.example").Select(text => "250-" + text).Append("250 8BITMIME"))))
                        return;
                    break;
                case "MAIL":
                    from = Between(line);
                    if (!await SayAsync(writer, word, "250 OK"))
                        return;
                    break;
                case "RCPT":
                    to = Between(line);
                    if (!await SayAsync(writer, word, "250 OK"))
                        return;
                    break;
                case "DATA":
                    if (!await SayAsync(writer, word, "354 go ahead"))
                        return;
                    if (Answers.ContainsKey(word))
                        break;
                    var lines = await ContentAsync(reader);
                    if (!Answers.ContainsKey("CONTENT"))
                        mails.Enqueue(new ReceivedMail(from, to, lines));
                    if (!await SayAsync(writer, "CONTENT", "250 taken"))
                        return;
                    break;
                case "QUIT":
                    await SayAsync(writer, word, "221 bye");
                    return;
                default:
                    if (!await SayAsync(writer, word, "250 OK"))
                        return;
                    break;
            }
        }
    }

    private async Task<bool> SayAsync(StreamWriter writer, string to, string usually)
    {
        var answer = Answers.TryGetValue(to, out var other) ? other : usually;
        if (answer is null)
            return false;
        await writer.WriteLineAsync(answer.AsMemory(), stopping.Token);
        return true;
    }

    private async Task<List<string>> ContentAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(stopping.Token) is { } line && line != ".")
            lines.Add(line.StartsWith('.') ? line[1..] : line);
        return lines;
    }

    private static string Between(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
