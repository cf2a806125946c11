namespace OneRoster.Validation;

/// <summary>
/// The codes of <see cref="Model.RosterRefusal"/> (before a row is read) and <see cref="Model.RosterSourceException"/> (in the
/// middle). They are stable.
/// </summary>
public static class RosterFailures
{
    /// <summary>There is no file or folder at the path.</summary>
    public const string NotFound = "csv.not_found";

    /// <summary>The file is not a ZIP archive, or a damaged one.</summary>
    public const string NotAZip = "zip.not_a_zip";

    /// <summary>An entry is encrypted.</summary>
    public const string Encrypted = "zip.encrypted";

    /// <summary>The archive holds another archive.</summary>
    public const string Nested = "zip.nested";

    /// <summary>An entry's name points out of the archive.</summary>
    public const string PathTraversal = "zip.path_traversal";

    /// <summary>The archive has more entries than allowed.</summary>
    public const string TooManyEntries = "zip.too_many_entries";

    /// <summary>A file is larger than allowed.</summary>
    public const string TooLarge = "csv.too_large";

    /// <summary>An entry shrinks to less than data can: a bomb.</summary>
    public const string Bomb = "zip.bomb";

    /// <summary>An archive contradicts itself: two ends, two sizes, entries that are not where they should be.</summary>
    public const string Inconsistent = "zip.inconsistent";

    /// <summary>An entry is packed by a method that is not read.</summary>
    public const string MethodUnsupported = "zip.method_unsupported";

    /// <summary>Two files have the same name.</summary>
    public const string FileTwice = "csv.file_twice";

    /// <summary>A file is a link to elsewhere.</summary>
    public const string Link = "csv.link";

    /// <summary>There is no <c>manifest.csv</c>.</summary>
    public const string ManifestMissing = "csv.manifest_missing";

    /// <summary>The manifest cannot be understood.</summary>
    public const string ManifestInvalid = "csv.manifest_invalid";

    /// <summary>The manifest names a version other than 1.1 and 1.2.</summary>
    public const string VersionUnsupported = "csv.version_unsupported";

    /// <summary>A file that a roster needs is absent.</summary>
    public const string RequiredFileMissing = "csv.required_file_missing";

    /// <summary>A file is in UTF-16 or UTF-32.</summary>
    public const string EncodingUtf16 = "csv.encoding_utf16";

    /// <summary>A file is not UTF-8; Windows-1252 most likely.</summary>
    public const string EncodingNotUtf8 = "csv.encoding_not_utf8";

    /// <summary>A file has no header row, or its header lacks a required column.</summary>
    public const string ColumnMissing = "csv.column_missing";

    /// <summary>A header names a column twice.</summary>
    public const string ColumnTwice = "csv.column_twice";

    /// <summary>The quoting of a record is broken.</summary>
    public const string QuotingBroken = "csv.quoting_broken";

    /// <summary>A record is longer than allowed, most likely for a quote that is never closed.</summary>
    public const string RecordTooLong = "csv.record_too_long";

    /// <summary>A file could not be read to its end (a damaged archive, a lost disk).</summary>
    public const string ReadFailed = "csv.read_failed";

    /// <summary>The token endpoint refused the client.</summary>
    public const string TokenRefused = "rest.token_refused";

    /// <summary>The token endpoint answered something that is not a token.</summary>
    public const string TokenInvalid = "rest.token_invalid";

    /// <summary>The server answered 401 to a fresh token.</summary>
    public const string Unauthorized = "rest.unauthorized";

    /// <summary>The server answered 403: the client lacks the scope or the permission.</summary>
    public const string Forbidden = "rest.forbidden";

    /// <summary>The server answered another status than 200.</summary>
    public const string UnexpectedStatus = "rest.unexpected_status";

    /// <summary>The server stayed busy or broken (429, 5xx) through all attempts.</summary>
    public const string Unavailable = "rest.unavailable";

    /// <summary>The server could not be reached, or the connection broke, through all attempts.</summary>
    public const string ConnectionLost = "rest.connection_lost";

    /// <summary>The host's name is not known.</summary>
    public const string NameUnknown = "rest.name_unknown";

    /// <summary>The host's name leads to an address that the client does not connect to.</summary>
    public const string AddressRefused = "rest.address_refused";

    /// <summary>The server's certificate is signed by nobody whom this machine, or the connection, trusts.</summary>
    public const string CertificateUntrusted = "rest.certificate_untrusted";

    /// <summary>The server's certificate has expired, or is not valid yet.</summary>
    public const string CertificateExpired = "rest.certificate_expired";

    /// <summary>The server's certificate is for another host.</summary>
    public const string CertificateWrongHost = "rest.certificate_wrong_host";

    /// <summary>No TLS connection comes about, for another reason than the certificate.</summary>
    public const string TlsFailed = "rest.tls_failed";

    /// <summary>The answer is neither JSON by its content type nor looks like it.</summary>
    public const string WrongContentType = "rest.wrong_content_type";

    /// <summary>The answer ends in the middle of the JSON.</summary>
    public const string JsonTruncated = "rest.json_truncated";

    /// <summary>The answer is not valid JSON.</summary>
    public const string JsonInvalid = "rest.json_invalid";

    /// <summary>The answer has no array under the collection's name.</summary>
    public const string WrapperMissing = "rest.wrapper_missing";

    /// <summary>A record is larger than allowed.</summary>
    public const string RowTooLarge = "rest.row_too_large";

    /// <summary>Fewer rows were received than <c>X-Total-Count</c> promised.</summary>
    public const string RowsMissing = "rest.rows_missing";

    /// <summary>The server kept sending rows beyond any roster's size.</summary>
    public const string Endless = "rest.endless";

    /// <summary>The server, or the token URL, answered with a redirect that is not followed, because the client's secret would go along.</summary>
    public const string Redirected = "rest.redirected";

    /// <summary>The server refuses to filter by <c>dateLastModified</c>: pull everything instead.</summary>
    public const string FilterRefused = "rest.filter_refused";

    /// <summary>The roster kept changing while it was read, or the server has no fixed order, through all attempts to read it again.</summary>
    public const string ChangedWhileRead = "rest.changed_while_read";

    /// <summary>The server's <c>Link</c> headers lead in a circle.</summary>
    public const string LinkLoop = "rest.link_loop";

    /// <summary>The server sends its first rows whatever offset is asked, so the others cannot be had.</summary>
    public const string OffsetIgnored = "rest.offset_ignored";

    /// <summary>The server sends, but so slowly that a page takes longer than allowed, through all attempts.</summary>
    public const string TooSlow = "rest.too_slow";

    /// <summary>A probe found no OneRoster server at the address.</summary>
    public const string NoServerFound = "rest.no_server_found";
}
