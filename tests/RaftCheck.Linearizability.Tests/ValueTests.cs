using FsCheck;
using FsCheck.Xunit;

namespace RaftCheck.Linearizability.Tests;

public sealed class ValueTests
{
    [Fact]
    public void Maps_and_sets_are_equal_whatever_their_order()
    {
        Value x = Value.Keyword("x"), y = Value.Of("y");
        Assert.Equal(Value.Map((x, Value.Of(1)), (y, Value.Of(2))), Value.Map((y, Value.Of(2)), (x, Value.Of(0)), (x, Value.Of(1))));
        Assert.Equal(Value.Set(x, y, x), Value.Set(y, x));
        Assert.NotEqual(Value.List(x, y), Value.List(y, x));
        Assert.NotEqual(Value.Set(x, y), Value.List(Value.Set(x, y).Items.ToArray()));
    }

    [Fact]
    public void Values_of_different_kinds_differ_even_when_they_print_much_alike() =>
        Assert.Equal(5, new HashSet<Value> { Value.Of("1"), Value.Of(1), Value.Keyword("1"), Value.Literal("1"), Value.True }.Count);

    // These numbers are promises: files and failure names may hold hashes.
    [Fact]
    public void The_hash_of_a_value_is_the_same_in_every_process() =>
        Assert.Equal(
            [-1792494817, -128116850, -547831509],
            new[] { Value.Nil, Value.Of("abcde"), Value.List(Value.Of(7), Value.Keyword("k")) }.Select(value => value.GetHashCode()));

    /// <summary>A table takes its slots by the low bits; sets of bits differ in high ones.</summary>
    [Fact]
    public void The_low_bits_of_a_hash_depend_on_the_high_bits_of_the_last_word()
    {
        int[] slots = [.. Enumerable.Range(0, 64).Select(bit => StableHash.Fold(StableHash.Add(StableHash.Seed, 1UL << bit)) & 0xFF)];
        Assert.InRange(slots.Distinct().Count(), 48, 64);
    }

    [Property]
    public bool Equal_texts_give_equal_values_with_equal_hashes(NonNull<string> text)
    {
        Value one = Value.Of(text.Get), two = Value.Of(new string(text.Get.AsSpan()));
        return one.Equals(two) && one.GetHashCode() == two.GetHashCode();
    }

    [Property]
    public bool A_map_holds_what_was_put_into_it_last(int[] keys)
    {
        Value map = Value.Map();
        var model = new Dictionary<int, int>();
        for (int i = 0; i < keys.Length; i++)
        {
            map = map.With(Value.Of(keys[i]), Value.Of(i));
            model[keys[i]] = i;
        }

        return map.Items.Length == 2 * model.Count
            && model.All(entry => map.Find(Value.Of(entry.Key))!.AsInteger == entry.Value)
            && map.Equals(Value.Map([.. keys.Select((key, i) => (Value.Of(key), Value.Of(i)))]));
    }
}
