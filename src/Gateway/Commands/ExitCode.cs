namespace Gateway.Commands;

/// <summary>The public contract of a command's end.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int WaitingForApproval = 3;
}
