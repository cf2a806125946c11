using System.CommandLine;
using System.Globalization;
using Gateway.Platforms;
using Gateway.Storage.Model;

namespace Gateway.Commands;

/// <summary><c>platform deployment DISTRICT ID list|add|approve|remove|learn-all|learn-none [DEPLOYMENT-ID]</c>; the id alone is added.</summary>
internal static class DeploymentCommand
{
    private const string Add = "add";
    private const string Approve = "approve";
    private const string Remove = "remove";
    private const string ListAll = "list";
    private const string LearnAll = "learn-all";
    private const string LearnNone = "learn-none";

    private static readonly string[] WithId = [Add, Approve, Remove];
    private static readonly string[] WithoutId = [ListAll, LearnAll, LearnNone];

    public static Command Deployment()
    {
        var action = new Argument<string>("action") { Description = "list, add, approve, remove, learn-all or learn-none; a deployment id alone is added.", HelpName = "ACTION" };
        var deployment = new Argument<string?>("deployment") { Description = "The deployment id, as the platform shows it.", HelpName = "DEPLOYMENT-ID", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("deployment", "The installations of the tool at a platform: which launch, which wait for approval.")
            { DistrictCommands.District, PlatformCommands.Id, action, deployment };
        command.Validators.Add(result =>
        {
            var (verb, id) = (result.GetValue(action), result.GetValue(deployment));
            if (id is null ? WithId.Contains(verb) : !WithId.Contains(verb))
                result.AddError(id is null ? $"{verb} needs a deployment id." : $"{verb} takes no deployment id.");
        });
        return command.RunsForDistrict((invocation, district) =>
        {
            var (verb, id) = (invocation.Parsed.GetValue(action)!, invocation.Parsed.GetValue(deployment));
            return id is null && !WithoutId.Contains(verb) ? RunAsync(invocation, district, Add, verb) : RunAsync(invocation, district, verb, id);
        });
    }

    private static async Task<int> RunAsync(Invocation invocation, District district, string verb, string? deployment)
    {
        var id = invocation.Parsed.GetValue(PlatformCommands.Id);
        return verb switch
        {
            Add => Said(invocation, await invocation.Get<AddDeployment>().RunAsync(district.Id, id, deployment!, invocation.Cancellation),
                added => new { id, added }, added => added ? $"Added to platform {id}: launches from it are let in within half a minute." : $"Platform {id} has it already."),
            Approve => Said(invocation, await invocation.Get<AddDeployment>().ApproveAsync(district.Id, id, deployment!, invocation.Cancellation),
                approved => new { id, approved }, approved => approved ? $"Approved at platform {id}: launches from it are let in within half a minute." : $"Platform {id} lets it in already."),
            Remove => Said(invocation, await invocation.Get<RemoveDeployment>().RunAsync(district.Id, id, deployment!, invocation.Cancellation),
                left => new { id, left }, left => string.Create(CultureInfo.InvariantCulture, $"Removed from platform {id}: {left} may launch still. Everywhere within half a minute.")),
            LearnAll => Said(invocation, await invocation.Get<LearnDeployments>().RunAsync(district.Id, id, all: true, invocation.Cancellation),
                changed => new { id, learnsAllDeployments = true, changed }, _ => LearnDeployments.Consequence),
            LearnNone => Said(invocation, await invocation.Get<LearnDeployments>().RunAsync(district.Id, id, all: false, invocation.Cancellation),
                changed => new { id, learnsAllDeployments = false, changed }, _ => $"Platform {id} learns no deployment any more: new ones wait."),
            _ => await ListAsync(invocation, district, id),
        };
    }

    private static async Task<int> ListAsync(Invocation invocation, District district, int id)
    {
        var found = await invocation.Get<ListPlatforms>().FindAsync(district.Id, id, invocation.Cancellation);
        if (!found.Succeeded)
            return invocation.Output.Failed(found.Failures);
        var (registration, deployments) = (found.Value.Registration, found.Value.Deployments);
        return invocation.Output.Done(
            new { id, registration.LearnsDeployments, registration.LearnsAllDeployments, deployments = deployments.Select(d => new { d.DeploymentId, d.State, d.CreatedAt }) },
            [
                .. deployments.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.State,-8} since {d.CreatedAt:yyyy-MM-dd HH:mm}Z  {d.DeploymentId}")),
                registration.LearnsAllDeployments ? "Every other is learned at its first launch."
                    : registration.LearnsDeployments ? "The first one that launches is learned."
                    : "Any other waits for `platform deployment … approve`.",
            ]);
    }

    private static int Said<T>(Invocation invocation, Outcome<T> outcome, Func<T, object> shape, Func<T, string> line) =>
        outcome.Succeeded ? invocation.Output.Done(shape(outcome.Value), line(outcome.Value)) : invocation.Output.Failed(outcome.Failures);
}
