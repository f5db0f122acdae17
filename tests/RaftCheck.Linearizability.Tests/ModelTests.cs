namespace RaftCheck.Linearizability.Tests;

public sealed class ModelTests
{
    [Fact]
    public void Every_model_is_found_by_its_name_and_has_a_line_about_itself()
    {
        Assert.Equal(16, Models.All.Select(info => info.Name).Distinct().Count());
        Assert.All(Models.All, info => Assert.Equal(info.Name, Models.Find(info.Name, "").Name));
        Assert.All(Models.All, info => Assert.NotEmpty(info.Description));
    }

    [Theory]
    [InlineData("cas-register", "0", "0")]
    [InlineData("register", "nil", "nil")]
    [InlineData("register", " :a ; so to say", ":a")]
    [InlineData("multi-register", "{:x 0 :y 0}", "{\"x\" 0 \"y\" 0}")]
    [InlineData("kv", "\"z\"", "\"z\"")]
    [InlineData("mutex", ":held", ":held")]
    [InlineData("kv", null, "\"\"")]
    public void The_initial_value_is_given_in_EDN(string model, string? initial, string state) =>
        Assert.Equal(state, Models.Find(model, initial).Initial.ToString());

    [Theory]
    [InlineData("list", null, "There is no model 'list'; the models are register, cas-register, multi-register, kv, mutex, reentrant-mutex, fenced-mutex, set, g-set, counter, queue, stack, priority-queue, append-list, list-append, unique-ids.")]
    [InlineData("kv", "0", "The model 'kv' cannot start from 0: it needs a string, such as \"\".")]
    [InlineData("multi-register", "0", "The model 'multi-register' cannot start from 0: it needs a map, such as {:x 0 :y 0}.")]
    [InlineData("mutex", "1", "The model 'mutex' cannot start from 1: it needs :free or :held.")]
    [InlineData("register", "[1", "The initial value '[1' of the model 'register' is not EDN: initial value:1:3: the file ends inside a vector (opened at 1:1).")]
    [InlineData("register", "1 2", "The initial value '1 2' of the model 'register' is not EDN: initial value:1:3: something follows the value.")]
    public void An_unknown_model_or_a_bad_initial_value_is_one_clear_line(string model, string? initial, string message) =>
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(() => Models.Find(model, initial)).Message);

    [Theory]
    [InlineData("register", "cas", "[1 2]", "event 0: the model 'register' has no operation 'cas'; it has read and write")]
    [InlineData("cas-register", "cas", "1", "event 0: the value of a cas is [expected new], not 1")]
    [InlineData("multi-register", "txn", "1", "event 0: the value of a txn is a list of [f k v], not 1")]
    [InlineData("multi-register", "txn", "[[:inc :x 1]]", "event 0: a txn holds [read k v] and [write k v], not [:inc :x 1]")]
    [InlineData("kv", "put", "1", "event 0: the value of a put is a string, not 1")]
    [InlineData("kv", "cas", "[\"\" nil]", "event 0: the value of a cas is a string, not nil")]
    [InlineData("mutex", "lock", "nil", "event 0: the model 'mutex' has no operation 'lock'; it has acquire and release")]
    public void An_operation_that_is_not_the_models_is_one_clear_line(string model, string f, string value, string message)
    {
        History history = Reading.Read($"{{:process 0 :type :invoke :f :{f} :key \"k\" :value {value}}}").History;
        Assert.Equal(message, Assert.Throws<HistoryFormatException>(() => LinearizabilityChecker.Check(history, Models.Find(model))).Message);
    }
}
