using System.Net;

namespace OneRoster.Rest;

/// <summary>What came of sending a request once: an answer, or the trouble on the way.</summary>
/// <param name="Response">The answer, if there is one.</param>
/// <param name="Trouble">Why there is none.</param>
/// <param name="AskedWait">How long the server asks to wait.</param>
internal sealed record Attempt(HttpResponseMessage? Response, ConnectionTrouble? Trouble, TimeSpan? AskedWait)
{
    public HttpStatusCode? Status { get; } = Response?.StatusCode;

    /// <summary>Whether another attempt may end otherwise.</summary>
    public bool IsPassing => Trouble?.IsPassing ?? IsBusy || Status >= HttpStatusCode.InternalServerError;

    /// <summary>Whether the server says that it has too much to do, rather than that it minds the request.</summary>
    public bool IsBusy => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (AskedWait is not null && Status >= HttpStatusCode.InternalServerError);

    /// <summary>Whether the request may have been too heavy.</summary>
    public bool MayBeTooHeavy => Trouble?.TimedOut ?? Status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
}
