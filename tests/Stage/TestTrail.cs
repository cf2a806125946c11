using Gateway.Privacy;
using Gateway.Privacy.Audit;
using Gateway.Storage;
using Gateway.Storage.Sealing;

namespace Gateway.Stage;

/// <summary>The audit trail of a test's database, for what is made without the gateway's services.</summary>
internal static class TestTrail
{
    public static AuditTrail Of(GatewayDatabase database, Sealer sealer, TimeProvider time) => new(database, new AuditKeys(database, sealer, time), time);
}
