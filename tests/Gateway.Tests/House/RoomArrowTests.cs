using Gateway.Storage;

namespace Gateway.Tests.House;

/// <summary>
/// The rooms of the gateway: the first part of a namespace below <c>Gateway</c>. A room offers what stands directly in it; what lies
/// in its folders is its own.
/// </summary>
public sealed class RoomArrowTests
{
    /// <summary>Folders that are an offer all the same, and to whom.</summary>
    private static readonly Dictionary<string, (string[]? For, string Reason)> Offered = new()
    {
        ["Gateway.Storage.Model"] = (null, "the rows are what the storage offers"),
        ["Gateway.Storage.Sealing"] = (null, "so are sealed values"),
        ["Gateway.Storage.DataProtection"] = (["Identity"], "the key ring is switched on where cookies are first used; nothing else of it is seen"),
        ["Gateway.Privacy.Rosters"] = (["Rostering"], "the roster's allow-list and its pseudonymiser have no other reader"),
    };

    [Fact]
    public void Rooms_reach_into_each_other_only_through_what_stands_at_their_top() => Expect.Nothing(
        from use in Uses.OfGateway
        let user = RoomOf(use.By)
        let owner = RoomOf(use.Of)
        where owner is not null && user is not null && user != owner
        let place = use.Of.Namespace!
        where place != $"Gateway.{owner}" && !IsOffered(place, user)
        select use.ToString());

    [Fact]
    public void Every_offered_folder_is_in_use_from_outside() => Expect.Nothing(
        Offered.Keys.Except(Uses.OfGateway.Where(use => RoomOf(use.By) != RoomOf(use.Of)).Select(use => use.Of.Namespace!)));

    [Fact]
    public void Only_Jobs_knows_Quartz() => Only("Gateway.Jobs", use => Under(use.Of, "Quartz"));

    [Fact]
    public void Only_Commands_knows_the_command_line() =>
        Only("Gateway.Commands", use => Under(use.Of, "System.CommandLine") || Under(use.Of, "Spectre.Console"));

    [Fact]
    [Trait("Requirement", "P-1.2")]
    public void Only_Privacy_sees_a_raw_identifier()
    {
        Only("Gateway.Privacy", use => IsExposure(use) && use.Of.Assembly != typeof(GatewayDatabase).Assembly);

        Assert.Contains(Uses.OfGateway, IsExposure);
    }

    [Fact]
    [Trait("Requirement", "P-1.2")]
    public void Each_library_exposes_a_raw_identifier_in_places_that_are_named_here()
    {
        // AGS wants the user's id in the score; a custom field that Canvas did not fill in begins with a dollar sign.
        Assert.Equal(["Lti.Grades.ScoreDocument", "Lti.Messages.Reading.SisPersonIds"], Exposers(typeof(Lti.Messages.OpaqueIdentifier)));
        Assert.Equal([], Exposers(typeof(OneRoster.Model.SourcedId)));
    }

    [Fact]
    public void The_scan_sees_bodies_signatures_lambdas_and_async_methods()
    {
        var seen = Uses.Of(typeof(Specimen)).Concat(typeof(Specimen).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).SelectMany(Uses.Of)).ToList();

        Assert.Contains(seen, use => use.Of == typeof(Stack<>));
        Assert.Contains(seen, use => use.Of == typeof(Version));
        Assert.Contains(seen, use => use.Of == typeof(Math) && use.Method == nameof(Math.Clamp));
        Assert.Contains(seen, use => use.Of == typeof(Environment) && use.Method == "get_ProcessPath");
        Assert.Contains(seen, use => use.Of == typeof(TimeZoneNotFoundException));
    }

    private static bool IsExposure(Use use) => use.Method is { } method && method.StartsWith("Expose", StringComparison.Ordinal);

    private static bool IsOffered(string place, string room) =>
        Offered.TryGetValue(place, out var offer) && (offer.For is not { } rooms || rooms.Contains(room));

    private static void Only(string room, Func<Use, bool> what) => Expect.Nothing(Uses.OfGateway.Where(use => what(use) && !Under(use.By, room)).Select(use => use.ToString()));

    private static IEnumerable<string> Exposers(Type identifier) => Uses.In(identifier.Assembly)
        .Where(use => IsExposure(use) && OutermostOf(use.By) != use.Of)
        .Select(use => OutermostOf(use.By).FullName!)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static Type OutermostOf(Type type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;

    private static bool Under(Type type, string place) =>
        type.Namespace is { } name && (name == place || name.StartsWith(place + ".", StringComparison.Ordinal));

    /// <summary>Null for the types that belong to no room: those of other assemblies, of the compiler, and the few at the very top.</summary>
    private static string? RoomOf(Type type) =>
        type.Assembly == typeof(GatewayDatabase).Assembly && type.Namespace?.Split('.') is ["Gateway", var room, ..] ? room : null;

    private sealed class Specimen
    {
        private readonly Stack<Version[]> held = new();

        public Func<int, int> Lambda() => value => Math.Clamp(value, 0, held.Count);

        public async Task<string?> AnswerAsync()
        {
            try
            {
                await Task.Yield();
                return Environment.ProcessPath;
            }
            catch (TimeZoneNotFoundException)
            {
                return null;
            }
        }
    }
}
