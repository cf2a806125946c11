using System.Text.Json.Serialization;

namespace Samples.Sis.Control;

/// <summary>Body of <c>POST /faults</c>; what is not named stays as it is.</summary>
internal sealed record FaultsRequest(
    FaultsRequest.Death? Die = null,
    int? Html = null,
    int? TooManyRequests = null,
    int RetryAfterSeconds = 1,
    int? RevokeTokensAfter = null,
    int? BadGateway = null,
    int? Truncate = null,
    RosterChange? Change = null,
    LastingFaults? Lasting = null,
    bool? RefuseFields = null,
    bool? RefuseSort = null,
    bool? OmitCounts = null,
    int WithdrawStudents = 0,
    [property: JsonConverter(typeof(JsonStringEnumConverter<Withdrawal>))] Withdrawal WithdrawHow = Withdrawal.Absent,
    int AddStudents = 0,
    bool Clear = false)
{
    internal sealed record Death(string Collection, int AfterRows, int Times = 1);
}
