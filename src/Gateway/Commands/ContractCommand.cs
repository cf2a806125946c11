using System.CommandLine;
using Gateway.Districts;

namespace Gateway.Commands;

/// <summary><c>district contract</c></summary>
internal static class ContractCommand
{
    public static Command Contract()
    {
        var end = new Option<DateOnly?>("--end") { Description = "The contract's last day (yyyy-MM-dd). 30 days later everything of the district is deleted." };
        var open = new Option<bool>("--open") { Description = "The contract has no end." };
        var command = new Command("contract", "Say when the contract ends; a later end takes a closing back.") { DistrictCommands.District, end, open };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(end) is null == !parsed.GetValue(open))
                parsed.AddError("Say --end DATE or --open.");
        });
        return command.RunsForDistrict(async (invocation, district) =>
        {
            var changed = await invocation.Get<ChangeContract>().RunAsync(district, invocation.Parsed.GetValue(end), invocation.Cancellation);
            return changed.Succeeded
                ? invocation.Output.Done(DistrictCommands.Shape(changed.Value), $"{district.Slug}: contract end {changed.Value.ContractEnd?.ToString("O") ?? "open"}.")
                : invocation.Output.Failed(changed.Failures);
        });
    }
}
