#:sdk Microsoft.NET.Sdk
#:property PublishAot=false
#:property UseAppHost=false
#:property InvariantGlobalization=true

// Exit code 0 when the address answers with success, else 1: what a container's health check asks.
try
{
    using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
    using var response = await client.GetAsync(new Uri(args[0]), HttpCompletionOption.ResponseHeadersRead);
    return response.IsSuccessStatusCode ? 0 : 1;
}
catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
{
    return 1;
}
