using Gateway.Rostering.Pickup;

namespace Gateway.Tests.Rostering.Pickup;

[Trait("Requirement", "R-1.8")]
public sealed class SftpAddressTests
{
    private const string Key = "AAAAC3NzaC1lZDI1NTE5AAAAIFfN1BFsq1ZzPzs8AFOw1jrQxgJ+MsmbJ9sNpz1kBGzP";

    [Theory]
    [InlineData("sftp://gateway@sis.example.org/export", "gateway", "sis.example.org", 22, "/export")]
    [InlineData("sftp://a_b.c-d@10.0.0.7:2222/", "a_b.c-d", "10.0.0.7", 2222, "/")]
    [InlineData("sftp://g@[2001:db8::7]:22/a/b c/roster.ZIP", "g", "2001:db8::7", 22, "/a/b c/roster.ZIP")]
    public void Plain_addresses_are_taken_apart(string text, string user, string host, int port, string path)
    {
        var address = SftpAddress.Parse(text)!;

        Assert.Equal((user, host, port, path), (address.User, address.Host, address.Port, address.Path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://gateway@sis.example.org/export")]
    [InlineData("sftp://sis.example.org/export")]
    [InlineData("sftp://gateway:secret@sis.example.org/export")]
    [InlineData("sftp://gateway@sis.example.org")]
    [InlineData("sftp://gateway@-oProxyCommand=id/export")]
    [InlineData("sftp://-oProxyCommand=id@sis.example.org/export")]
    [InlineData("sftp://gateway@sis.example.org -oProxyCommand=id/export")]
    [InlineData("sftp://gateway@sis..example.org/export")]
    [InlineData("sftp://gateway@sis.example.org:0/export")]
    [InlineData("sftp://gateway@sis.example.org:99999/export")]
    [InlineData("sftp://gateway@sis.example.org/a/../etc")]
    [InlineData("sftp://gateway@sis.example.org/a\"\n!id\n")]
    [InlineData("sftp://gateway@sis.example.org/a\n")]
    [InlineData("sftp://gateway@sis.example.org/*.zip")]
    [InlineData("sftp://gateway@sis.example.org/a\\b")]
    [InlineData("sftp://gateway@sis.example.org/a`id`")]
    [InlineData("sftp://gateway@sis.example.org/%2e%2e")]
    public void Whatever_could_be_an_option_a_command_or_a_pattern_is_refused(string? text) => Assert.Null(SftpAddress.Parse(text));

    [Theory]
    [InlineData("ssh-ed25519 " + Key, true)]
    [InlineData("ssh-ed25519 " + Key + " a comment", true)]
    [InlineData("ssh-rsa " + Key, false)]
    [InlineData("ssh-ed25519 ????", false)]
    [InlineData("ssh-ed25519", false)]
    [InlineData("ssh-dss " + Key, false)]
    [InlineData(null, false)]
    public void Host_keys_are_of_a_kind_that_is_taken_and_say_it_twice(string? text, bool taken) => Assert.Equal(taken, SftpHostKey.Parse(text) is not null);

    [Fact]
    public void Listing_takes_the_newest_archive_and_else_the_files_of_a_package()
    {
        var files = SftpListing.Read(
        [
            "sftp> ls -lnt",
            "-rw-r--r--    ? 0        0              12 Nov 22 00:47 half.zip.part",
            "-rw-r--r--    ? 0        0              13 Nov 22 00:46 .hidden.zip",
            "lrwxrwxrwx    ? 0        0              13 Nov 22 00:46 link.zip",
            "drwxr-xr-x    ? 0        0              13 Nov 22 00:46 folder.zip",
            "-rw-r--r--    ? 0        0              13 Nov 22 00:46 a\"b.zip",
            "-rw-r--r--    1 1000     1000       123456 Nov 21  2025 new roster.ZIP",
            "-rw-r--r--    1 1000     1000            9 Nov 20  2025 old.zip",
        ]);
        Assert.Equal([new RemoteFile("new roster.ZIP", 123456)], SftpListing.Choose(files));

        var package = SftpListing.Read(new[] { "users.csv", "manifest.csv", "demographics.csv", "notes.txt" }.Select(Line));
        Assert.Equal(["users.csv", "manifest.csv"], SftpListing.Choose(package).Select(file => file.Name));
        Assert.Empty(SftpListing.Choose(SftpListing.Read(new[] { "users.csv", "notes.txt" }.Select(Line))));
    }

    private static string Line(string name) => $"-rw-r--r--    1 1000     1000         1 Nov 20  2025 {name}";
}
