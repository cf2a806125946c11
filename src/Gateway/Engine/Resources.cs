using System.ComponentModel;
using System.Text.Json.Serialization;
using Gateway.Privacy;

namespace Gateway.Engine;

// What the API answers. A field is absent where the district does not give it to the engine, or does not know it.
// Small rows that come by the page are structs: a page is one array. Large ones are not: a thousand of them would be a large object.

[Description("A district that has enabled this engine.")]
internal sealed record DistrictResource(
    [property: Description("The district's slug: its name in every address.")] string Id,
    [property: Description("What the district calls itself.")] string Name,
    [property: Description("Its IANA time zone, such as America/Chicago.")] string TimeZone,
    [property: Description("The fields that it gives to this engine: role, grades, classTitle, school, subjects, termDates.")] IReadOnlyList<string> Gives);

[Description("A school. Needs the field school.")]
internal sealed record SchoolResource(
    [property: Description("This engine's id for it: 22 characters, stable.")] EngineId Id,
    [property: Description("Its name, where the roster has one.")] string? Name);

[Description("A term or another academic session. Needs the field termDates.")]
internal sealed record TermResource(
    [property: Description("This engine's id for it.")] EngineId Id,
    [property: Description("gradingPeriod, semester, schoolYear, term or other.")] string? Kind,
    [property: Description("Its first day.")] DateOnly? FirstDay,
    [property: Description("Its last day.")] DateOnly? LastDay);

[Description("A class of the roster.")]
internal sealed record ClassResource(
    [property: Description("This engine's id for it.")] EngineId? Id,
    [property: Description("Its title. Needs the field classTitle.")] string? Title,
    [property: Description("Its subjects. Needs the field subjects.")] IReadOnlyList<string>? Subjects,
    [property: Description("Its grades, in the engine's words. Needs the field grades.")] IReadOnlyList<string>? Grades,
    [property: Description("Its school. Needs the field school.")] EngineId? School,
    [property: Description("Its terms. Needs the field termDates.")] IReadOnlyList<EngineId>? Terms,
    [property: Description("The day on which it left the roster; absent while it is on it.")] DateOnly? EndedOn);

[Description("A learner: whoever launches or is on a roster, teachers included.")]
internal readonly record struct LearnerResource(
    [property: Description("This engine's id for the learner: the sub of the id_token.")] EngineId? Id,
    [property: Description("student or teacher, in the engine's words. Needs the field role.")] string? Role,
    [property: Description("A student's grades, in the engine's words. Needs the field grades.")] IReadOnlyList<string>? Grades,
    [property: Description("The day on which the learner left the roster; absent otherwise.")] DateOnly? EndedOn);

[Description("Somebody's place in a class.")]
internal readonly record struct MembershipResource(
    [property: Description("The class; absent in a list of one class.")] EngineId? Class,
    [property: Description("The learner; absent in a list of one learner.")] EngineId? Learner,
    [property: Description("student or teacher, in the engine's words: what the learner is in this class. Needs the field role.")] string? Role,
    [property: Description("The first day, where the roster names one.")] DateOnly? FirstDay,
    [property: Description("The last day, where the roster names one.")] DateOnly? LastDay);

[Description("One page of a list.")]
internal sealed record Page<T>(
    [property: Description("The rows, in an order that is this engine's own and stays the same.")] IReadOnlyList<T> Data,
    [property: Description("The address of the next page; absent on the last one.")] string? Next);

[Description("One change of a district's roster.")]
internal sealed record ChangeResource(
    [property: Description("The change's id: to tell whether it was seen before. It is no cursor.")] EngineId Id,
    [property: Description("learner, class, enrollment or school.")] string Entity,
    [property: Description("added, changed, ended, merged (of learners: learner became one with into), split (of learners: learner is a person of its own again, and was part of from) or erased (of learners: erase your copy, and confirm it under erasures).")] string Kind,
    [property: Description("The learner that it is about.")] EngineId? Learner,
    [property: Description("The class that it is about.")] EngineId? Class,
    [property: Description("The school that it is about.")] EngineId? School,
    [property: Description("Of a merged learner: the learner that is left.")] EngineId? Into,
    [property: Description("Of a learner that was split: the learner that it was part of.")] EngineId? From,
    [property: Description("When it happened, to the minute.")] DateTimeOffset At);

[Description("A part of a district's change feed: transactions in commit order, the changes of one in an order of this engine's own.")]
internal sealed record ChangePage(
    [property: Description("The changes after the cursor.")] IReadOnlyList<ChangeResource> Data,
    [property: Description("What to show as after the next time; good for 30 days.")] string Cursor,
    [property: Description("Whether more is there already.")] bool More);

[Description("Somebody whose copy the engine has to erase.")]
internal sealed record ErasureResource(
    [property: Description("This engine's number for the erasure, to confirm it with.")] Guid Id,
    [property: Description("This engine's id for the learner who was erased.")] EngineId Learner,
    [property: Description("When the learner was erased at the gateway, to the minute.")] DateTimeOffset ErasedAt);

[Description("That the engine has erased its copy.")]
internal sealed record ErasureConfirmation(
    [property: Description("This engine's number for the erasure.")] Guid Id,
    [property: Description("When it was confirmed first.")] DateTimeOffset AcknowledgedAt);

[Description("What the engine has not confirmed yet.")]
internal sealed record ErasureList(
    [property: Description("1000 at most, in no order that tells anything.")] IReadOnlyList<ErasureResource> Data);

/// <summary>How answers are written; the same as the API's description says.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Page<DistrictResource>))]
[JsonSerializable(typeof(Page<SchoolResource>))]
[JsonSerializable(typeof(Page<TermResource>))]
[JsonSerializable(typeof(Page<ClassResource>))]
[JsonSerializable(typeof(Page<LearnerResource>))]
[JsonSerializable(typeof(Page<MembershipResource>))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(ErasureList))]
[JsonSerializable(typeof(ErasureConfirmation))]
internal sealed partial class EngineJson : JsonSerializerContext;
