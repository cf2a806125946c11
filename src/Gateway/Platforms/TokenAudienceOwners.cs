using Gateway.Storage;
using Npgsql;

namespace Gateway.Platforms;

/// <summary>Whether an audience belongs to somebody else: a known vendor, or another platform that is registered here, for any district.</summary>
internal sealed class TokenAudienceOwners(GatewayDatabase database)
{
    /// <param name="registration">The registration whose audience it is to be, or null: a new one.</param>
    /// <param name="endpoints">Its addresses, with the audience.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<bool> IsOfAnotherAsync(int? registration, PlatformEndpoints endpoints, PlatformKind kind, CancellationToken cancellation)
    {
        if (endpoints.TokenAudience is not { } audience)
            return false;
        if (TokenAudiences.IsOfAnotherVendor(audience, endpoints.Token))
            return true;
        if (TokenAudiences.IsEvident(audience, kind, endpoints.Issuer, endpoints.Token))
            return false;
        await using var command = database.DataSource.CreateCommand("select gateway.audience_is_of_another($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter { Value = registration is null ? DBNull.Value : registration, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = audience });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = endpoints.Token });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
