namespace RaftCheck.Linearizability.Tests;

/// <summary>What explanations promise, tried out by the plainest of means.</summary>
internal static class CoreCheck
{
    /// <summary>The operations of the core contradict one another in the whole history, and no longer if one of them need not have happened as it did.</summary>
    public static void AssertCore(History history, Model model, CheckResult result, Explanation explanation)
    {
        HashSet<int> core = [.. explanation.Core.Select(static operation => operation.Id)];
        Assert.Equal(core.Count, explanation.Core.Count);
        // Of a cas that failed, it is its not having taken effect that may have broken it, and that is known of those outside of the core too.
        Operation breaking = Assert.IsType<Operation>(explanation.Breaking);
        Assert.True(breaking.Completion == Completion.Fail || core.Contains(breaking.Id), $"{breaking} is not in the core: {Describe(explanation, history)}");
        Assert.False(HasOrder(history, model, result.Partition, core, explanation.Breaking!), $"the core is no contradiction: {Describe(explanation, history)}");
        Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(Only(history, core), model).Verdict);
        foreach (int left in core)
        {
            Assert.True(HasOrder(history, model, result.Partition, [.. core.Where(id => id != left)], explanation.Breaking!), $"the core goes without {left}: {Describe(explanation, history)}");
        }
    }

    /// <summary>The literal core is a history that is not linearizable, and is without any one of its operations.</summary>
    public static void AssertLiteralCore(History history, Model model, Explanation explanation)
    {
        int[] core = [.. explanation.LiteralCore.Select(static operation => operation.Id)];
        Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(Only(history, core), model).Verdict);
        foreach (int left in core)
            Assert.Equal(Verdict.Linearizable, LinearizabilityChecker.Check(Only(history, core.Where(id => id != left)), model).Verdict);
    }

    /// <summary>Each of the partial orders explains what returned before, and no two are the same.</summary>
    public static void AssertPartial(History history, Model model, CheckResult result, Explanation explanation)
    {
        Assert.NotEmpty(explanation.PartialLinearizations);
        Assert.Equal(explanation.PartialLinearizations.Count, explanation.PartialLinearizations.Select(static each => string.Join(' ', each.Operations.Select(static o => o.Id))).Distinct().Count());
        model = model.For(history);
        int end = explanation.Breaking!.ReturnIndex!.Value;
        foreach (PartialLinearization each in explanation.PartialLinearizations) Assert.Equal(each.State, Replay(history, model, each.Operations, end));
        Operation[] returned = [.. history.Operations.Where(operation => operation.Completion == Completion.Ok && operation.ReturnIndex < end && model.PartOf(operation) == result.Partition)];
        Assert.All(explanation.PartialLinearizations, each => Assert.Empty(returned.Except(each.Operations)));
    }

    private static Value Replay(History history, Model model, IReadOnlyList<Operation> order, int end)
    {
        Value state = model.Initial;
        int latestInvoke = -1;
        foreach (Operation operation in order)
        {
            latestInvoke = Math.Max(latestInvoke, operation.InvokeIndex);
            bool returned = !operation.IsIndeterminate && operation.ReturnIndex < end;
            Assert.True(operation.InvokeIndex < end && !(returned && operation.ReturnIndex < latestInvoke), "the order contradicts real time");
            CallOutcome outcome = !returned ? CallOutcome.Unknown : operation.Completion == Completion.Ok ? CallOutcome.Returned : CallOutcome.Mismatched;
            state = Assert.IsType<Value>(model.Step(state, SearchInput.CallOf(new JudgedOperation(operation, outcome), history.NilReads)));
        }

        return state;
    }

    /// <summary>The events of some of a history's operations.</summary>
    public static History Only(History history, IEnumerable<int> ids)
    {
        var kept = ids.Select(id => history.Operations[id]).SelectMany(static operation => new[] { operation.InvokeIndex, operation.ReturnIndex ?? -1 }).ToHashSet();
        return History.FromEvents(history.Events.Where(e => kept.Contains(e.Index)), history.NilReads);
    }

    /// <summary>Whether there is an order in which some operations end as they did, and others may or may not be, in their own time.</summary>
    private static bool HasOrder(History history, Model model, string? partition, HashSet<int> must, Operation breaking)
    {
        model = model.For(history);
        Part part = Part.Split(history, model, CasFail.DidNotTakeEffect).Single(each => each.Name == partition);
        // One that was known to have failed by then did nothing.
        return Extend(model.Initial, [.. part.Operations.Where(each => must.Contains(each.Operation.Id) || each.Outcome != CallOutcome.Mismatched || each.Operation.ReturnIndex > breaking.ReturnIndex)], []);

        bool Extend(Value state, List<JudgedOperation> left, HashSet<(Value, string)> seen)
        {
            if (!left.Exists(each => must.Contains(each.Operation.Id))) return true;
            if (!seen.Add((state, string.Join(' ', left.Select(static each => each.Operation.Id))))) return false;
            foreach (JudgedOperation next in left)
            {
                if (left.Exists(other => must.Contains(other.Operation.Id) && other.Operation.ReturnIndex < next.Operation.InvokeIndex)) continue;
                JudgedOperation as1 = must.Contains(next.Operation.Id) ? next : next with { Outcome = CallOutcome.Unknown };
                if (model.Step(state, SearchInput.CallOf(as1, history.NilReads)) is not Value after) continue;
                // What returned before this one was called, and has not taken effect yet, never does.
                List<JudgedOperation> rest = [.. left.Where(other => other.Operation.Id != next.Operation.Id && !(other.IsCompleted && other.Operation.ReturnIndex < next.Operation.InvokeIndex))];
                if (Extend(after, rest, seen)) return true;
            }

            return false;
        }
    }

    private static string Describe(Explanation explanation, History history) =>
        $"{explanation.Sentence}\n{string.Join('\n', explanation.Core)}\nof\n{string.Join('\n', history.Events)}";
}
