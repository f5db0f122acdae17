namespace RaftCheck.Linearizability.Tests;

/// <summary>Verifies the orders that the checker hands out, by a simple replay.</summary>
internal static class Certificate
{
    public static void AssertExplains(History history, Model model, CheckResult result, CasFail casFail = CasFail.DidNotTakeEffect) =>
        Assert.Null(LinearizationVerifier.Verify(history, model, result.Linearization, casFail));

    public static void AssertPrefixFits(History history, Model model, CheckResult result)
    {
        Operation failed = Assert.IsType<Operation>(result.FirstNonLinearizable);
        Assert.Equal(result.Partition, model.PartOf(failed));
        Assert.DoesNotContain(failed, result.LongestPrefix);
        Value state = AssertFits(result.LongestPrefix, history, model);
        Assert.Equal(result.StateAfterPrefix, state);
        foreach (Operation operation in history.Operations)
        {
            if (operation.Completion == Completion.Ok && model.PartOf(operation) == result.Partition && operation.ReturnIndex < failed.ReturnIndex)
                Assert.Contains(operation, result.LongestPrefix);
        }
    }

    /// <summary>That an order explains all that returned in a part up to an event, and nothing that it must not contain.</summary>
    public static Value AssertOrder(Operation[] order, Part part, Model model, NilRead nilReads, int horizon, bool mayHoldNext = false)
    {
        var judged = part.Operations.ToDictionary(static each => each.Operation.Id);
        Assert.Equal(order.Length, order.Select(static operation => operation.Id).Distinct().Count());
        Value? state = model.Initial;
        int latestInvoke = -1;
        foreach (Operation operation in order)
        {
            JudgedOperation each = judged[operation.Id];
            bool isDone = each.IsCompleted && operation.ReturnIndex <= horizon;
            latestInvoke = Math.Max(latestInvoke, operation.InvokeIndex);
            Assert.True(operation.InvokeIndex <= horizon && (!isDone || operation.ReturnIndex > latestInvoke), "the order contradicts real time");
            state = model.Step(state, SearchInput.CallOf(isDone ? each : each with { Outcome = CallOutcome.Unknown }, nilReads));
            Assert.NotNull(state);
        }

        foreach (JudgedOperation each in part.Operations)
        {
            if (each.IsCompleted && each.Operation.ReturnIndex <= horizon) Assert.Contains(each.Operation, order);
            if (!mayHoldNext && each.IsCompleted && each.Operation.ReturnIndex == horizon + 1) Assert.DoesNotContain(each.Operation, order);
        }

        return state;
    }

    private static Value AssertFits(IReadOnlyList<Operation> order, History history, Model model)
    {
        Value? state = model.Initial;
        int latestInvoke = -1;
        foreach (Operation operation in order)
        {
            // Real time: nothing that takes effect later may have returned before this one was called.
            latestInvoke = Math.Max(latestInvoke, operation.InvokeIndex);
            if (!operation.IsIndeterminate) Assert.True(operation.ReturnIndex > latestInvoke, "the order contradicts real time");
            CallOutcome outcome = operation.Completion switch
            {
                Completion.Ok => CallOutcome.Returned,
                Completion.Fail => CallOutcome.Mismatched,
                _ => CallOutcome.Unknown,
            };
            state = model.Step(state, new Call(operation.F, operation.Input, operation.Output ?? Value.Nil, outcome, history.NilReads) { Process = operation.Process });
            Assert.NotNull(state);
        }

        return state;
    }
}
