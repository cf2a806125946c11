using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Launches;

/// <summary>What an administrator gives of a platform (L-2.3).</summary>
internal sealed record AddPlatformCommand(
    string Kind, string Issuer, string ClientId, IReadOnlyList<string> DeploymentIds, string AuthorizationEndpoint, string TokenEndpoint, string JwksUri);

/// <summary>Registers the tool with a platform for a district. Without a deployment id the first launch's is learned.</summary>
internal sealed class AddPlatform(GatewayDatabase database, TimeProvider time)
{
    private static readonly string[] Kinds = ["canvas", "schoology", "moodle", "other"];

    public async Task<Outcome<Registration>> RunAsync(int district, AddPlatformCommand command, CancellationToken cancellation)
    {
        var failures = Check(command);
        if (failures.Count > 0)
            return Outcome<Registration>.Failed(failures);

        var now = time.GetUtcNow();
        var registration = new Registration
        {
            DistrictId = district,
            Kind = command.Kind,
            Issuer = command.Issuer,
            ClientId = command.ClientId,
            AuthorizationEndpoint = command.AuthorizationEndpoint,
            TokenEndpoint = command.TokenEndpoint,
            JwksUri = command.JwksUri,
            Namespace = command.Issuer,
            LearnsDeployments = command.DeploymentIds.Count == 0,
            CreatedAt = now,
        };
        try
        {
            await database.InDistrictAsync(district, async session =>
            {
                session.Model.Registrations.Add(registration);
                await session.Model.SaveChangesAsync(cancellation);
                session.Model.Deployments.AddRange(command.DeploymentIds.Distinct(StringComparer.Ordinal).Select(id =>
                    new Deployment { DistrictId = district, RegistrationId = registration.Id, DeploymentId = id, CreatedAt = now }));
                await session.Model.SaveChangesAsync(cancellation);
            }, cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Failure("platform.exists", "A platform with this issuer and client id is registered already, here or for another district.");
        }

        return registration;
    }

    private static List<Failure> Check(AddPlatformCommand command)
    {
        var failures = new List<Failure>();
        if (!Kinds.Contains(command.Kind))
            failures.Add(new("platform.kind_unknown", $"The kind is one of {string.Join(", ", Kinds)}."));
        if (command.ClientId.Length is 0 or > 255)
            failures.Add(new("platform.client_id_invalid", "The client id is the 1 to 255 characters that the platform shows."));
        if (command.DeploymentIds.Any(id => id.Length is 0 or > 255))
            failures.Add(new("platform.deployment_id_invalid", "A deployment id is 1 to 255 characters (LTI Core 1.3, 5.3.3)."));
        CheckUrl(command.Issuer, "--issuer");
        CheckUrl(command.AuthorizationEndpoint, "--authorize-url");
        CheckUrl(command.TokenEndpoint, "--token-url");
        CheckUrl(command.JwksUri, "--jwks-url");
        return failures;

        void CheckUrl(string value, string option)
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || !(url.Scheme == "https" || url is { Scheme: "http", IsLoopback: true }) || url.Fragment.Length > 0)
                failures.Add(new("platform.url_invalid", $"{option} must be an absolute https address (http for loopback only)."));
        }
    }
}
