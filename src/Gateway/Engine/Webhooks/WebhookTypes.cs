namespace Gateway.Engine.Webhooks;

/// <summary>The types of events. A new one is added here and to the check of <c>webhook_event.type</c>.</summary>
internal static class WebhookTypes
{
    /// <summary>A district's change feed has moved on: the engine reads it from its own cursor.</summary>
    public const string RosterChanged = "roster.changed";

    /// <summary>Somebody was erased: the engine asks for the erasures that it has not confirmed. Written by <c>gateway.erase_learner</c>.</summary>
    public const string LearnerErased = "learner.erased";

    /// <summary>A score of the engine was parked: which and why stands in the event. Written by the outbox of scores.</summary>
    public const string ScoreParked = "score.parked";
}
