using System.Text.Json.Nodes;

namespace Samples.Sis.Rest;

/// <summary>The status object that OneRoster answers instead of rows; 1.1 has the minor code flat. Some servers answer plain text.</summary>
internal static class ErrorBody
{
    public static IResult Of(ErrorStyle style, OneRosterVersion version, int status, string minor, string description)
    {
        if (style == ErrorStyle.PlainText)
            return Results.Text($"{description} ({minor})", "text/plain", statusCode: status);
        var body = new JsonObject
        {
            ["imsx_codeMajor"] = "failure",
            ["imsx_severity"] = "error",
            ["imsx_description"] = description,
        };
        if (version == OneRosterVersion.V11 || style == ErrorStyle.Flat)
        {
            body["imsx_codeMinor"] = minor;
        }
        else
        {
            body["imsx_CodeMinor"] = new JsonObject
            {
                ["imsx_codeMinorField"] = new JsonArray(new JsonObject
                {
                    ["imsx_codeMinorFieldName"] = "TargetEndSystem",
                    ["imsx_codeMinorFieldValue"] = minor,
                }),
            };
        }
        return Results.Text(body.ToJsonString(), "application/json", statusCode: status);
    }
}
