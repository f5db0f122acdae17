namespace RaftCheck.Linearizability;

/// <summary>Judges the parts of one history on several threads.</summary>
internal static class ParallelJudges
{
    /// <summary>
    /// What became of each part. Those that the result cannot depend on any more, and those that would have needed the
    /// memory that others held, are left out.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public static Judgement?[] Judge(
        List<Part> parts, Model model, NilRead nilReads, CheckOptions options, int threads, Deadline deadline)
    {
        var judged = new Judgement?[parts.Count];
        var stopSign = new StopSign();
        int next = -1;
        long memory = (options.MemoryLimitBytes ?? long.MaxValue) / threads;
        var others = new Task[threads - 1];
        for (int i = 0; i < others.Length; i++) others[i] = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            Work();
        }
        finally
        {
            // Also when this thread has failed: nobody is left behind.
            Task.WhenAll(others).ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        }

        foreach (Task other in others) other.GetAwaiter().GetResult();
        return judged;

        void Work()
        {
            try
            {
                JudgeSome();
            }
            catch
            {
                stopSign.NothingBehind(-1);
                throw;
            }
        }

        void JudgeSome()
        {
            var judge = new PartJudge(model, nilReads);
            for (int i = Interlocked.Increment(ref next); i < parts.Count && i <= stopSign.Last; i = Interlocked.Increment(ref next))
            {
                var budget = new Budget(options.MaxStates ?? long.MaxValue, memory, deadline, stopSign, i);
                Judgement judgement = judge.Judge(parts[i], budget);
                if (judgement.End is SearchEnd.OutOfMemory or SearchEnd.Obsolete) continue;
                judged[i] = judgement;
                if (judgement.End is SearchEnd.Exhausted or SearchEnd.OutOfTime) stopSign.NothingBehind(i);
            }
        }
    }
}
