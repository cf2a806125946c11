using System.Text.Json.Nodes;
using Gateway.Privacy;
using Gateway.Privacy.Rights;

namespace Gateway.Tests.Privacy.Rights;

[Trait("Requirement", "T-16")]
public sealed class CsvCellTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\"=A1,B1\"", "\"'=A1,B1\"")]
    [InlineData("\"=\"\"x\"\"\"", "\"'=\"\"x\"\"\"")]
    [InlineData("\"\r=1\"", "\"'\r=1\"")]
    [InlineData("\"\n=1\"", "\"'\n=1\"")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("'=1", "''=1")]
    [InlineData("a=1", "a=1")]
    [InlineData("\"a\n=1\"", "\"a\n=1\"")]
    [InlineData("\"\"\"=1\"", "\"\"\"=1\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("", "")]
    public async Task Cell_that_a_spreadsheet_would_calculate_is_marked_wherever_it_stands(string cell, string expected)
    {
        var copied = new StringWriter();
        await CsvRecords.CopyAsync(new StringReader($"one,two,three\n{cell},x,{cell}\nx,{cell},x\n"), copied, TestContext.Current.CancellationToken);
        Assert.Equal($"one,two,three\r\n{expected},x,{expected}\r\nx,{expected},x\r\n", copied.ToString());
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-1,\"2\"", "\"'-1,\"\"2\"\"\"")]
    [InlineData("\t1", "'\t1")]
    [InlineData("\r1", "\"'\r1\"")]
    [InlineData("'1", "''1")]
    [InlineData("1-1", "1-1")]
    public void Access_report_marks_the_same_cells(string value, string expected) =>
        Assert.Equal($"a,b\r\n{expected},{expected}\r\n", AccessReport.CsvOf(["a", "b"], [new JsonObject { ["a"] = value, ["b"] = value }]));
}
