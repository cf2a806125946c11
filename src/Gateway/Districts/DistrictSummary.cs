using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Districts;

/// <summary>What a district holds, in numbers.</summary>
internal sealed record DistrictCounts(int Registrations, long Learners, long Students, long Teachers, long Schools, long Classes, long Enrollments, long Launches);

/// <summary>Counts what a district holds now; what has ended is not counted.</summary>
internal sealed class DistrictSummary(GatewayDatabase database)
{
    public Task<DistrictCounts> CountAsync(int district, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session => new DistrictCounts(
            await session.Model.Registrations.CountAsync(cancellation),
            await session.Model.Learners.LongCountAsync(cancellation),
            await session.Model.Learners.LongCountAsync(l => l.Role == "student", cancellation),
            await session.Model.Learners.LongCountAsync(l => l.Role == "teacher", cancellation),
            await session.Model.Schools.LongCountAsync(s => s.EndedOn == null, cancellation),
            await session.Model.Classes.LongCountAsync(c => c.EndedOn == null, cancellation),
            await session.Model.Enrollments.LongCountAsync(e => e.EndedOn == null, cancellation),
            await session.Model.Launches.LongCountAsync(cancellation)), cancellation);
}
