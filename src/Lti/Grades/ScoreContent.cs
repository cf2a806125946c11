using System.Net;
using System.Net.Http.Headers;

namespace Lti.Grades;

/// <summary>A score as the body of a request, which knows whether it went out: it is written only once there is a connection.</summary>
internal sealed class ScoreContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> document;

    public ScoreContent(Score score)
    {
        document = ScoreDocument.Write(score);
        Headers.ContentType = new MediaTypeHeaderValue(ScoreDocument.ContentType);
    }

    /// <summary>Whether any of it was handed to a connection.</summary>
    public bool WasSent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasSent = true;
        await stream.WriteAsync(document, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = document.Length;
        return true;
    }
}
