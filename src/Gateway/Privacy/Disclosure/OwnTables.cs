namespace Gateway.Privacy.Disclosure;

/// <summary>The gateway's own tables.</summary>
internal static class OwnTables
{
    private const string Nobody = "nobody: it stays in the gateway";

    public static IReadOnlyList<RecordedTable> All { get; } =
    [
        new("engine_client", Subject.Gateway, "A practice engine", "so that it can sign people in and ask for rosters", Nobody,
            new RecordedColumns("id initiate_login_uri redirect_uris jwks_url id_token_alg created_at suspended_at removed_at", "its id and addresses, and whether it is in use"),
            new RecordedColumns("secret_hash sealed_id_key", "a keyed hash of its secret; the sealed key that its ids of students are made with")),
        new("engine_credential", Subject.Gateway, "How an engine proves who it is", "so that nobody else signs people in or asks for rosters", Nobody,
            new RecordedColumns("id client_id created_at", "which one, whose, since when"),
            new RecordedColumns("secret_hash jwks_url", "a keyed hash of the secret, or where its own keys are")),
        new("engine_webhook", Subject.Gateway, "Where an engine is told to look", "to tell it of changes", "the practice engine",
            new RecordedColumns("client_id url created_at disabled_at disabled_code", "its address, and whether it answers"),
            new RecordedColumns("sealed_secret sealed_previous_secret previous_until", "what messages are signed with, sealed")),
        new("client_assertion", Subject.Gateway, "That an engine's proof of itself was used", "so that it cannot be replayed", Nobody,
            new RecordedColumns("client_id jti expires_at", "a hash, and until when it matters")),
        new("signing_key", Subject.Gateway, "The gateway's own key pairs", "platforms and engines check its signatures with the public part", "everybody, the public part",
            new RecordedColumns("kid purpose key_set_id algorithm number public_key", "which key, for whom it signs, and its public part"),
            new RecordedColumns("sealed_private_key", "the private part, sealed; empty once the key is retired"),
            new RecordedColumns("created_at activates_at retired_at published_until", "from when until when it signs and is published")),
        new("data_protection_key", Subject.Gateway, "Keys that protect forms", "to know the gateway's own forms again", Nobody,
            new RecordedColumns("id sealed_xml created_at", "a key, sealed")),
        new("successor_key", Subject.Gateway, "The key that other gateways seal a district for", "so that a district can move here unread", "another gateway, the public part",
            new RecordedColumns("id sealed_private_key created_at", "the private part, sealed")),
        new("audit_key", Subject.Gateway, "The key of the audit trail", "without it nobody can make an entry", Nobody,
            new RecordedColumns("version sealed_key created_at", "a key, sealed")),
        new("retention_tally", Subject.Gateway, "What was deleted since yesterday", "the audit trail is told once a day", Nobody,
            new RecordedColumns("rule rows", "counts by rule")),
    ];
}
