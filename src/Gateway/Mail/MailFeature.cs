namespace Gateway.Mail;

/// <summary>Mail to administrators. Needs the options and a clock.</summary>
internal static class MailFeature
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services.AddSingleton<Mailer>();
}
