namespace Gateway.Privacy.Retention;

/// <summary>
/// A rule about what is good for minutes or belongs to the gateway itself: kept each minute, across the districts, by
/// <c>gateway.count_expired</c> and <c>gateway.delete_expired</c> under the rule's code.
/// </summary>
internal sealed class ExpiryRule(string code, string requirement, string what, string when, params string[] tables)
    : RetentionRule(code, requirement, what, when, tables);
