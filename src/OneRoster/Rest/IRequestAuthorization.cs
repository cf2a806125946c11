namespace OneRoster.Rest;

/// <summary>Puts the header <c>Authorization</c> on requests.</summary>
internal interface IRequestAuthorization
{
    /// <summary>Authorizes one request as it is; whatever is changed on it later is not covered.</summary>
    ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Hears that the server refused what was sent.</summary>
    /// <returns>Whether the next request will carry something else, so that another attempt makes sense.</returns>
    bool Renew();
}
