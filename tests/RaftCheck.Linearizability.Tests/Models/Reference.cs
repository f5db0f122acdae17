namespace RaftCheck.Linearizability.Tests;

/// <summary>The objects once more, by .NET's own collections, and the definition of linearizability tried out on them.</summary>
internal static class Reference
{
    /// <summary>Whether some order explains a history: every order is tried.</summary>
    public static bool IsLinearizable(History history, string model)
    {
        Operation[] operations = [.. history.Operations.Where(static operation => operation.Completion != Completion.Fail)];
        return Extend([], [.. operations], model);
    }

    /// <summary>What an object returns that has taken operations in this order, and takes another one now.</summary>
    public static Value Run(string model, IEnumerable<(string F, Value Input, long Process)> order) => new Replay(model).Run(order);

    private static bool Extend(List<Operation> order, List<Operation> left, string model)
    {
        if (!new Replay(model).Explains(order)) return false;
        if (left.All(static operation => operation.IsIndeterminate)) return true;
        foreach (Operation next in left.ToArray())
        {
            if (left.Any(other => !other.IsIndeterminate && other.ReturnIndex < next.InvokeIndex)) continue;
            order.Add(next);
            left.Remove(next);
            bool found = Extend(order, left, model);
            left.Add(next);
            order.RemoveAt(order.Count - 1);
            if (found) return true;
        }

        return false;
    }

    private sealed class Replay(string model)
    {
        private readonly LinkedList<string> _list = [];
        private readonly SortedSet<string> _set = [];
        private readonly Dictionary<string, List<string>> _lists = [];
        private long _number;
        private long _holder = -1;

        /// <summary>Whether an order explains what its operations returned.</summary>
        public bool Explains(List<Operation> order)
        {
            foreach (Operation operation in order)
            {
                string? result = Take(operation.F, operation.Input, operation.Process, operation.Output);
                if (result is null) return false;
                if (!operation.IsIndeterminate && result != "?" && result != operation.Output!.ToString()) return false;
            }

            return true;
        }

        public Value Run(IEnumerable<(string F, Value Input, long Process)> order)
        {
            string? last = "nil";
            Value input = Value.Nil;
            foreach ((string f, Value given, long process) in order) (last, input) = (Take(f, given, process, null), given);
            return last is null ? Value.Keyword("refused") : last == "?" ? input : EdnReader.ReadSingle(new SourceText("result", last));
        }

        /// <summary>What the operation returns: null if it cannot have taken effect, "?" if what it returns says nothing.</summary>
        private string? Take(string f, Value input, long process, Value? output)
        {
            switch (model)
            {
                case "queue" or "stack" or "priority-queue": return TakeFromSequence(f, input.ToString());
                case "set" or "g-set":
                    if (f == "add") return _set.Add(input.ToString()) ? "?" : "?";
                    if (f == "remove") return _set.Remove(input.ToString()) ? "true" : "false";
                    if (f == "contains") return _set.Contains(input.ToString()) ? "true" : "false";
                    return "#{" + string.Join(' ', _set) + "}";
                case "counter":
                    if (f != "read") _number += f == "decrement" ? -1 : f == "increment" ? 1 : input.AsInteger;
                    return f is "read" or "add-and-get" ? $"{_number}" : "?";
                case "append-list":
                    if (f == "append") _list.AddLast(input.ToString());
                    return f == "append" ? "?" : "[" + string.Join(' ', _list) + "]";
                case "unique-ids":
                    if (output is null) return $"{_number++}";
                    return _set.Add(output.ToString()) ? "?" : null;
                case "list-append": return TakeTransaction(input, output);
                default: return TakeLock(f, process, output);
            }
        }

        private string TakeFromSequence(string f, string value)
        {
            if (f is "enqueue" or "push" or "insert")
            {
                _list.AddLast(value);
                return "?";
            }

            if (_list.Count == 0) return "nil";
            string taken = model switch { "queue" => _list.First!.Value, "stack" => _list.Last!.Value, _ => _list.Min()! };
            if (model == "stack") _list.RemoveLast();
            else _list.Remove(taken);
            return taken;
        }

        private string? TakeTransaction(Value input, Value? output)
        {
            var result = new List<string>();
            foreach (Value micro in (output ?? input).Items)
            {
                List<string> list = _lists.TryGetValue(micro.Items[1].ToString(), out List<string>? known) ? known : _lists[micro.Items[1].ToString()] = [];
                bool isAppend = micro.Items[0].AsText == "append";
                if (isAppend) list.Add(micro.Items[2].ToString());
                string held = isAppend ? micro.Items[2].ToString() : "[" + string.Join(' ', list) + "]";
                if (!isAppend && output is not null && held != micro.Items[2].ToString()) return null;
                result.Add($"[{micro.Items[0]} {micro.Items[1]} {held}]");
            }

            return output is null ? "[" + string.Join(' ', result) + "]" : "?";
        }

        private string? TakeLock(string f, long process, Value? output)
        {
            bool isReentrant = model == "reentrant-mutex";
            if (f == "release")
            {
                if (_holder != process) return null;
                if (isReentrant) _number--;
                if (!isReentrant || _number == 0) _holder = -1;
                return "?";
            }

            if (_holder != -1 && !(isReentrant && _holder == process)) return null;
            _holder = process;
            if (isReentrant || output is null) return (++_number) is var held && isReentrant ? "?" : $"{held}";
            if (output.AsInteger <= _number) return null;
            _number = output.AsInteger;
            return "?";
        }
    }
}
