namespace Gateway.Mail;

/// <summary>The settings under <c>Gateway__Smtp__</c>: the server that takes the gateway's mail. Without a host no mail is sent.</summary>
internal sealed class SmtpOptions
{
    /// <summary><c>Gateway__Smtp__Host</c>: a submission server's name.</summary>
    public string? Host { get; set; }

    /// <summary><c>Gateway__Smtp__Port</c>: 587 (submission) unless set.</summary>
    public int Port { get; set; } = 587;

    /// <summary><c>Gateway__Smtp__User</c>: who signs in; nobody without it.</summary>
    public string? User { get; set; }

    /// <summary><c>Gateway__Smtp__PasswordFile</c>: a file with the password; its trailing newline is not part of it.</summary>
    public string? PasswordFile { get; set; }

    /// <summary><c>Gateway__Smtp__From</c>: the sender's address.</summary>
    public string? From { get; set; }

    /// <summary><c>Gateway__Smtp__StartTls</c>: mail goes over TLS or not at all.</summary>
    public bool StartTls { get; set; } = true;

    // No setting: a settings' name is that of a public property.
    internal bool IsConfigured => !string.IsNullOrWhiteSpace(Host);
}
