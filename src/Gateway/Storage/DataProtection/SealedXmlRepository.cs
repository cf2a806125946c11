using System.Text;
using System.Xml.Linq;
using Gateway.Storage.Sealing;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Gateway.Storage.DataProtection;

/// <summary>Keeps the keys of ASP.NET data protection in PostgreSQL, shared by all replicas, each sealed as a whole.</summary>
internal sealed class SealedXmlRepository(GatewayDatabase database, Sealer sealer, TimeProvider time) : IXmlRepository
{
    private const string Purpose = "data protection key";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var select = database.DataSource.CreateCommand("select sealed_xml from gateway.data_protection_key order by id");
        using var reader = select.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
            elements.Add(XElement.Parse(Encoding.UTF8.GetString(sealer.Open(Purpose, reader.GetFieldValue<byte[]>(0)))));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        using var insert = database.DataSource.CreateCommand("insert into gateway.data_protection_key (sealed_xml, created_at) values ($1, $2)");
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = sealer.Seal(Purpose, xml) });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        insert.ExecuteNonQuery();
    }
}
