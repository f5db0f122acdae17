using FsCheck.Xunit;
using static RaftCheck.Raft.Tests.Harness.Shorthand;

namespace RaftCheck.Raft.Tests;

/// <summary>The log does what a plain list of terms does that forgets its beginning.</summary>
public sealed class RaftLogProperties
{
    [Property(MaxTest = 300)]
    public void It_is_a_list_that_forgets_its_beginning((byte Kind, byte Size)[] steps)
    {
        var log = new RaftLog();
        var model = new Model();
        foreach (var (kind, size) in steps)
        {
            Step(log, model, kind % 8, size);
            Compare(log, model);
        }
    }

    /// <summary>All terms since index 0, whose term is 0; up to the base they are not to be relied on.</summary>
    private sealed class Model
    {
        public List<long> Terms { get; } = [0];

        public int Base { get; set; }

        public int Last => Terms.Count - 1;

        public IEnumerable<int> Known => Enumerable.Range(Base, Last - Base + 1);
    }

    /// <summary>Mostly appends, so that there is something to cut off at either end.</summary>
    private static void Step(RaftLog log, Model model, int kind, int size)
    {
        switch (kind)
        {
            case 0 when model.Last > model.Base:
                var from = model.Base + 1 + (size % (model.Last - model.Base));
                log.TruncateFrom(new LogIndex(from));
                model.Terms.RemoveRange(from, model.Terms.Count - from);
                break;
            case 1:
                model.Base += size % (model.Last - model.Base + 1);
                log.CompactTo(new LogIndex(model.Base));
                break;
            case 2 when size < 64:
                var term = model.Terms[^1] + 1;
                model.Terms.AddRange(Enumerable.Repeat(term, 1 + (size % 4)));
                model.Base = model.Last;
                log.ResetTo(new LogIndex(model.Base), new Term(term));
                break;
            default:
                model.Terms.Add(Math.Max(1, model.Terms[^1] + (size % 5 / 3)));
                log.Append(Entry(model.Last, model.Terms[^1]));
                break;
        }
    }

    private static void Compare(RaftLog log, Model model)
    {
        Assert.Equal((model.Base, model.Base + 1, model.Last), (log.BaseIndex.Value, log.FirstIndex.Value, log.LastIndex.Value));
        Assert.Equal((model.Terms[model.Base], model.Terms[^1]), (log.BaseTerm.Value, log.LastTerm.Value));
        Assert.Equal(model.Known.Skip(1), log.Entries.Select(e => (int)e.Index.Value));
        Assert.Equal(model.Known, Enumerable.Range(0, model.Last + 3).Where(i => log.HasTermAt(new LogIndex(i))));
        foreach (var i in model.Known)
        {
            Assert.Equal(model.Terms[i], log.TermAt(new LogIndex(i)).Value);
            Assert.Equal(model.Known.First(j => model.Terms[j] == model.Terms[i]), log.FirstIndexOfTermAt(new LogIndex(i)).Value);
            Assert.Equal(model.Known.Skip(1).SkipWhile(j => j <= i).Take(2), log.Slice(new LogIndex(i + 1), 2).Select(e => (int)e.Index.Value));
        }

        for (var term = 1L; term <= model.Terms[^1] + 1; term++)
        {
            Assert.Equal(model.Known.Where(i => model.Terms[i] == term).Select(i => (long?)i).LastOrDefault(), log.LastIndexOfTerm(new Term(term))?.Value);
        }
    }
}
