using System.Net;

namespace Gateway.Mail;

/// <summary>Says at start which setting of the mail server is wrong and what it should be.</summary>
internal static class SmtpRules
{
    /// <returns>Every setting that is wrong, in words for whoever set it.</returns>
    public static IEnumerable<string> Check(SmtpOptions options)
    {
        if (!options.IsConfigured)
        {
            if (options.User is not null || options.PasswordFile is not null || options.From is not null)
                yield return "Gateway__Smtp__Host must be set where the other settings of mail are.";
            yield break;
        }

        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            yield return "Gateway__Smtp__Host must be the name or the address of a mail server, without a scheme and without a port.";
        if (options.Port is < 1 or > 65535)
            yield return "Gateway__Smtp__Port must be a port, such as 587.";
        if (EmailAddress.Parse(options.From) is null)
            yield return "Gateway__Smtp__From must be the address that mail comes from, such as gateway@example.org.";
        if (options.User is null != options.PasswordFile is null)
            yield return "Gateway__Smtp__User and Gateway__Smtp__PasswordFile belong together: set both or neither.";
        if (options.PasswordFile is { } file && !File.Exists(file))
            yield return "Gateway__Smtp__PasswordFile must be a file that exists.";
        if (options is { User: not null, StartTls: false } && !IsLoopback(options.Host!))
            yield return "Gateway__Smtp__StartTls must be true where Gateway__Smtp__User is set: the password would travel in the clear.";
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
