using System.Collections.Immutable;

namespace Lti.Security;

/// <summary>The scopes of LTI Advantage.</summary>
public static class LtiScopes
{
    /// <summary>Create, read, change and delete line items (AGS 3.2).</summary>
    public const string LineItem = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem";

    /// <summary>Read line items.</summary>
    public const string LineItemReadOnly = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly";

    /// <summary>Read results.</summary>
    public const string ResultReadOnly = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";

    /// <summary>Post scores.</summary>
    public const string Score = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

    /// <summary>Read memberships (NRPS 2.0).</summary>
    public const string MembershipReadOnly = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [LineItem, LineItemReadOnly, ResultReadOnly, Score, MembershipReadOnly];
}
