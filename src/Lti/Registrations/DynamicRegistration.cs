using System.Net.Http.Headers;
using Lti.Security;

namespace Lti.Registrations;

/// <summary>
/// The tool's two requests of LTI Dynamic Registration 1.0: fetch the platform's configuration, post the registration. What happens
/// between the two, and who approves what, is the host's business.
/// </summary>
public sealed class DynamicRegistration(LtiHttp http)
{
    private const int LongestAnswer = 256 * 1024;
    private const int LongestToken = 4096;

    /// <summary>
    /// Fetches and checks a platform's configuration, with the registration token, because Canvas gives it to nobody else.
    /// </summary>
    /// <param name="openidConfiguration">The parameter of the registration request: unverified text from outside.</param>
    /// <param name="registrationToken">The token of the registration request, or null.</param>
    /// <param name="hosts">Issuers whose configuration lies at another host.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<RegistrationResult<PlatformConfiguration>> FetchConfigurationAsync(
        string? openidConfiguration, string? registrationToken, IReadOnlyCollection<PlatformConfigurationHost> hosts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        if (PlatformAddress.Parse(openidConfiguration) is not { } source || !IsToken(registrationToken))
            return RegistrationResult<PlatformConfiguration>.Because(RegistrationFault.AddressInvalid);
        using HttpRequestMessage request = new(HttpMethod.Get, source);
        var answer = await SendAsync(request, registrationToken, cancellationToken);
        if (answer is null) return RegistrationResult<PlatformConfiguration>.Because(RegistrationFault.ConfigurationUnreachable);
        if (!answer.IsSuccess)
            return RegistrationResult<PlatformConfiguration>.Because(RegistrationFault.ConfigurationRefused, PlatformWords.Read(answer.Body));
        return answer.IsTruncated
            ? RegistrationResult<PlatformConfiguration>.Because(RegistrationFault.ConfigurationMalformed)
            : PlatformConfigurationReader.Read(answer.Body, source, hosts);
    }

    /// <summary>Posts the registration.</summary>
    public async Task<RegistrationResult<ClientRegistration>> RegisterAsync(
        Uri registrationEndpoint, ToolRegistration tool, string? registrationToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registrationEndpoint);
        ArgumentNullException.ThrowIfNull(tool);
        using HttpRequestMessage request = new(HttpMethod.Post, registrationEndpoint) { Content = new ByteArrayContent(tool.Write()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ToolRegistration.ContentType);
        var answer = await SendAsync(request, registrationToken, cancellationToken);
        if (answer is null) return RegistrationResult<ClientRegistration>.Because(RegistrationFault.Unreachable);
        if (!answer.IsSuccess)
        {
            return RegistrationResult<ClientRegistration>.Because(
                (int)answer.Status >= 500 ? RegistrationFault.Failed : RegistrationFault.Refused, PlatformWords.Read(answer.Body));
        }

        return !answer.IsTruncated && ClientRegistration.Read(answer.Body) is { } registered
            ? RegistrationResult<ClientRegistration>.Of(registered)
            : RegistrationResult<ClientRegistration>.Because(RegistrationFault.AnswerMalformed, PlatformWords.Read(answer.Body));
    }

    private Task<LtiHttpAnswer?> SendAsync(HttpRequestMessage request, string? token, CancellationToken cancellationToken)
    {
        request.Headers.Accept.ParseAdd("application/json");
        if (!string.IsNullOrEmpty(token)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http.SendAsync(request, LongestAnswer, cancellationToken);
    }

    // Other characters could not be sent in a header (RFC 6750 2.1).
    private static bool IsToken(string? token) =>
        string.IsNullOrEmpty(token) || (token.Length <= LongestToken && token.All(static letter => letter is > ' ' and <= '~'));
}
