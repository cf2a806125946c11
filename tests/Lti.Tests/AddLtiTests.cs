using Lti.Grades;
using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;
using Lti.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lti.Tests;

public sealed class AddLtiTests
{
    [Fact]
    public async Task Everything_resolves_from_a_scope_with_stores_that_live_in_it()
    {
        await using var provider = Services(options => options.RedirectUri = new Uri("https://tool.example/lti/launch"));
        await using var scope = provider.CreateAsyncScope();
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<LoginInitiation>());
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<LaunchVerifier>());
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<ScoreClient>());
        Assert.Same(provider.GetRequiredService<JwksCache>(), scope.ServiceProvider.GetRequiredService<JwksCache>());
    }

    [Fact]
    public void Options_that_cannot_work_are_told_by_name_all_at_once()
    {
        using var provider = Services(options => options.MaxTokenBytes = 1);
        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<LtiToolOptions>>().Value);
        Assert.Contains(fault.Failures, text => text.Contains("RedirectUri", StringComparison.Ordinal));
        Assert.Contains(fault.Failures, text => text.Contains("MaxTokenBytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outbound_requests_go_through_the_hosts_own_client()
    {
        using RefusingHandler handler = new();
        using HttpClient client = new(handler);
        await using var provider = Services(options =>
        {
            options.RedirectUri = new Uri("https://tool.example/lti/launch");
            options.HttpClient = () => client;
        });
        var check = await provider.GetRequiredService<JwksCache>().CheckAsync(new Uri("http://169.254.169.254/jwks"), Scene.Cancel);
        Assert.Equal(LaunchRefusal.KeysUnreachable, check.Fault);
        Assert.Equal(1, handler.Requests);
    }

    private static ServiceProvider Services(Action<LtiToolOptions> configure)
    {
        ServiceCollection services = new();
        services.AddScoped<IRegistrationStore, FakeRegistrations>();
        services.AddScoped<IToolKeyStore, FakeToolKeys>();
        services.AddSingleton<IStateProtector>(new AesGcmStateProtector(Scene.StateKey));
        services.AddLti(new ClaimAllowList(LaunchClaim.Subject), configure);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    private sealed class RefusingHandler : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            throw new HttpRequestException("Private addresses are refused.");
        }
    }
}
