using Gateway.Hosting;

namespace Gateway.Tests.Hosting;

public sealed class GatewayOptionsValidatorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("https://gateway.example.org")]
    [InlineData("https://gateway.example.org/")]
    [InlineData("https://school.example.org:8443/gateway")]
    [InlineData("https://school.example.org/tools/practice-2/")]
    [InlineData("https://school.example.org/litigation")]
    [InlineData("http://127.0.0.1:5100")]
    [InlineData("http://localhost:5100")]
    public void Usable_address_is_taken(string? url) => Assert.True(new GatewayOptionsValidator().Validate(null, new() { PublicUrl = url }).Succeeded);

    [Theory]
    [InlineData("", "absolute")]
    [InlineData("gateway.example.org", "absolute")]
    [InlineData("/gateway", "absolute")]
    [InlineData("ftp://gateway.example.org", "absolute")]
    [InlineData("https://gateway.example.org?a=b", "without query")]
    [InlineData("https://gateway.example.org#a", "without query")]
    [InlineData("http://gateway.example.org", "must be https")]
    [InlineData("http://192.168.1.5", "must be https")]
    [InlineData("https://gateway.example.org/lti", "path")]
    [InlineData("https://gateway.example.org/privacy/gateway", "path")]
    [InlineData("https://gateway.example.org/a b", "path")]
    [InlineData("https://gateway.example.org/a//b", "path")]
    public void Other_address_is_refused_with_what_it_should_be(string url, string says)
    {
        var result = new GatewayOptionsValidator().Validate(null, new() { PublicUrl = url });

        Assert.True(result.Failed);
        Assert.Contains("Gateway__PublicUrl", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains(says, result.FailureMessage, StringComparison.Ordinal);
    }
}
