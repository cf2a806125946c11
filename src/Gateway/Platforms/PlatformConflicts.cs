using Npgsql;

namespace Gateway.Platforms;

/// <summary>
/// What the database refuses of registrations and deployments, whichever districts they belong to (<c>gateway.check_registration</c>): it sees
/// them all, and no two at once get past it.
/// </summary>
internal static class PlatformConflicts
{
    public static readonly Failure Exists = new(
        "platform.exists", "The district has a platform with this issuer and client id already: a removed one comes back with `platform approve`.");

    public static readonly Failure TokenEndpointTaken = new(
        "platform.token_endpoint_taken",
        "The token endpoint and the client id are those of a platform with another issuer: what is signed for one would be good for the other. Compare issuer and token endpoint with what the platform shows.");

    public static readonly Failure ClientShared = new(
        "platform.client_shared",
        "Another district has a platform with this issuer and client id. Their deployments tell them apart: give --deployment-id, and the other must learn none (`platform deployment … learn-none`).");

    public static readonly Failure DeploymentTaken = new(
        "platform.deployment_taken", "The deployment belongs to another district's platform with this issuer and client id: compare the ids, or remove it there.");

    /// <summary>The failure, or null: it is none of these.</summary>
    public static Failure? Of(Exception exception) => (exception as PostgresException ?? exception.InnerException as PostgresException) switch
    {
        { SqlState: "GR001" } => TokenEndpointTaken,
        { SqlState: "GR002" } => ClientShared,
        { SqlState: "GR003" } => DeploymentTaken,
        { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "registration_of_district" } => Exists,
        _ => null,
    };
}
