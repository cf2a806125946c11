namespace Samples.Sis.Rest;

internal enum OneRosterVersion
{
    V11,
    V12,
}
