namespace Gateway.Engine;

/// <summary>A district as one engine may see it.</summary>
/// <param name="Id">The district's number; the engine knows the slug.</param>
/// <param name="Slug">Its short name.</param>
/// <param name="Name">Its name.</param>
/// <param name="TimeZone">Its IANA time zone.</param>
/// <param name="Mapping">What it gives to the engine.</param>
internal sealed record EngineDistrict(int Id, string Slug, string Name, string TimeZone, FieldMapping Mapping)
{
    /// <summary>The day it is there.</summary>
    public DateOnly Today(TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);
}
