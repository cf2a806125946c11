namespace Gateway.Engine.Api;

/// <summary>The expected failures of the roster API, with their stable codes.</summary>
internal static class ApiFailures
{
    public static readonly Failure DistrictUnknown = new(
        "api.district_unknown", "There is no district of this name that is enabled for this engine: GET /api/v1/districts lists those that are.");

    public static readonly Failure ClassUnknown = new("api.class_unknown", "There is no class of this id in this district for this engine.");

    public static readonly Failure LearnerUnknown = new(
        "api.learner_unknown", "There is no learner of this id in this district for this engine; a learner that became one with another is a change of kind merged.");

    public static readonly Failure NotGiven = new(
        "api.not_given", "The district does not give this to this engine: its administrator can switch it on (client fields).");

    public static readonly Failure MappingChanging = new("api.mapping_changing", "The district is changing what it gives to this engine: ask again.");

    public static readonly Failure LimitInvalid = new("api.limit_invalid", $"limit must be a number from 1 to {PageRequest.LargestLimit}.");

    public static readonly Failure CursorInvalid = new("api.cursor_invalid", "after must be taken from an answer to the same question, unchanged.");

    public static Failure FieldUnknown(IEnumerable<string> known) => new("api.field_unknown", $"fields may name: {string.Join(", ", known)}.");

    /// <summary>The HTTP status that tells it.</summary>
    public static int StatusOf(Failure failure) => failure.Code switch
    {
        "api.district_unknown" or "api.class_unknown" or "api.learner_unknown" or "erasure.unknown" => StatusCodes.Status404NotFound,
        "api.not_given" => StatusCodes.Status403Forbidden,
        "api.mapping_changing" => StatusCodes.Status503ServiceUnavailable,
        "changes.cursor_expired" => StatusCodes.Status410Gone,
        _ => StatusCodes.Status400BadRequest,
    };
}
