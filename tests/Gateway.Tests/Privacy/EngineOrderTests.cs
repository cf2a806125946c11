using System.Security.Cryptography;
using Gateway.Privacy;

namespace Gateway.Tests.Privacy;

[Trait("Requirement", "T-17")]
public sealed class EngineOrderTests
{
    private readonly EngineIds one = new(RandomNumberGenerator.GetBytes(32));
    private readonly EngineIds other = new(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void Rows_come_by_the_engines_ids_and_two_engines_orders_have_nothing_in_common()
    {
        var (mine, theirs) = (OrderOf(one, 1_000).Next(null, 1_000).ToArray(), OrderOf(other, 1_000).Next(null, 1_000).ToArray());
        Assert.Equal(Enumerable.Range(1, 1_000).Select(row => (long)row), mine.Order());
        Assert.Equal(mine.OrderBy(row => one.KeysOf(EngineIdKind.Learner, 7, [row])[0]), mine);
        // Of a thousand rows one stands at its own place by chance; never a tenth of them.
        Assert.InRange(mine.Zip(theirs).Count(pair => pair.First == pair.Second), 0, 100);
        Assert.InRange(mine.Zip(mine.Skip(1)).Count(pair => pair.First < pair.Second), 400, 600);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Pages_of_any_size_are_the_whole_and_a_row_that_is_gone_is_a_place_all_the_same(int size)
    {
        var order = OrderOf(one, 50);
        var (read, after) = (new List<long>(), (long?)null);
        while (order.Next(after, size) is { Length: > 0 } page)
        {
            read.AddRange(page);
            after = page[^1];
            Assert.Equal(read.Count == 50, order.EndsAt(page[^1]));
        }

        Assert.Equal(order.Next(null, 50).ToArray(), read);
        Assert.Equal(read[3], order.Next(read[3], 1, including: true)[0]);
        var without = new EngineOrder(one, EngineIdKind.Learner, 7, [.. read.Where(row => row != read[20])]);
        Assert.Equal(read[21..], without.Next(read[20], 50).ToArray());
        Assert.Equal(read[21..], without.Next(read[20], 50, including: true).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(4_097)]
    public void Shuffle_is_a_permutation_whose_parts_can_be_computed_alone(int count)
    {
        var whole = new EngineShuffle(one, 7, 12, count).At(0, count);
        Assert.Equal(Enumerable.Range(0, count).Select(number => (long)number), whole.Order());
        Assert.Equal(whole[(count / 2)..], new EngineShuffle(one, 7, 12, count).At(count / 2, count - count / 2));
        if (count < 1_000)
            return;
        foreach (var another in new[] { new EngineShuffle(other, 7, 12, count), new EngineShuffle(one, 8, 12, count), new EngineShuffle(one, 7, 13, count) })
            Assert.InRange(whole.Zip(another.At(0, count)).Count(pair => pair.First == pair.Second), 0, count / 10);
    }

    private static EngineOrder OrderOf(EngineIds ids, int rows) =>
        new(ids, EngineIdKind.Learner, 7, [.. Enumerable.Range(1, rows).Select(row => (long)row)]);
}
