using System.Security.Cryptography;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Platforms.Registering;

/// <summary>Sees to it that an invitation registers one platform, also when two posts come at once.</summary>
internal sealed class SpentInvitations(GatewayDatabase database)
{
    public Task<bool> IsSpentAsync(Invitation invitation, CancellationToken cancellation)
    {
        var id = IdOf(invitation);
        return database.InDistrictAsync(invitation.District, session => session.Model.SpentValues.AnyAsync(s => s.Id == id, cancellation), cancellation);
    }

    /// <summary>False when it was spent before.</summary>
    public async Task<bool> TrySpendAsync(Invitation invitation, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, invitation.District);
        var insert = new NpgsqlBatchCommand("insert into gateway.spent_value (id, district_id, expires_at) values ($1, $2, $3) on conflict do nothing")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = IdOf(invitation) },
                new NpgsqlParameter<int> { TypedValue = invitation.District },
                // Past its own end, so that a replica whose clock is behind finds the row.
                new NpgsqlParameter<DateTimeOffset> { TypedValue = invitation.ExpiresAt + TimeSpan.FromHours(1) },
            },
        };
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellation);
        return insert.RecordsAffected == 1;
    }

    /// <summary>The platform registered nothing: the next try may.</summary>
    public Task ReleaseAsync(Invitation invitation, CancellationToken cancellation)
    {
        var id = IdOf(invitation);
        return database.InDistrictAsync(invitation.District, session => session.Model.SpentValues.Where(s => s.Id == id).ExecuteDeleteAsync(cancellation), cancellation);
    }

    // The table also holds other things that are used once; their ids must not meet.
    private static Guid IdOf(Invitation invitation)
    {
        Span<byte> message = stackalloc byte[16 + 10];
        invitation.Id.TryWriteBytes(message);
        "invitation"u8.CopyTo(message[16..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
