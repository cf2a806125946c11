using Npgsql;

namespace Gateway.Hosting;

/// <summary><c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: the database answers too, else 503.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "live" })).ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        try
        {
            await using var command = source.CreateCommand("select 1");
            command.CommandTimeout = 5;
            await command.ExecuteScalarAsync(cancellation);
            return Results.Ok(new { status = "ready" });
        }
        catch (NpgsqlException)
        {
            return Results.Json(new { status = "database unreachable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
