namespace Gateway.Storage.Model;

/// <summary>A piece of the roster of a run that waits for approval: pseudonyms in the database's own binary form.</summary>
internal sealed class RosterHeld
{
    public long RunId { get; set; }

    public int DistrictId { get; set; }

    public required string Part { get; set; }

    public int Piece { get; set; }

    public required byte[] Bytes { get; set; }
}
