namespace Gateway.Privacy;

/// <summary>A version of the privacy policy (P-4.3). What it changed of the fields that are read follows from the allow-lists.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Updated">Its day: "last updated".</param>
/// <param name="Summary">What changed, in one sentence for an administrator.</param>
internal sealed record PolicyVersion(int Number, DateOnly Updated, string Summary);

/// <summary>A field that came with a version: where it is read, why, for whom and until when.</summary>
internal sealed record PolicyField(string Source, string Field, string Purpose, string Recipient, string Retention, int Since);
