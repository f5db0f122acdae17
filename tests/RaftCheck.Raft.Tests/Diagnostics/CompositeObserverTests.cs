using System.Reflection;
using RaftCheck.Raft.Diagnostics;

namespace RaftCheck.Raft.Tests.Diagnostics;

/// <summary>Proves that several observers hear all that one would, in order.</summary>
public class CompositeObserverTests
{
    [Fact]
    public void No_method_of_the_observer_is_left_to_its_default()
    {
        foreach (var type in new[] { typeof(CompositeObserver), typeof(RaftMetrics), typeof(RaftEventLog) })
        {
            var map = type.GetInterfaceMap(typeof(IRaftObserver));
            Assert.Empty(map.TargetMethods.Where(m => m.DeclaringType != type).Select(m => type.Name + "." + m.Name));
        }
    }

    [Fact]
    public void Each_call_reaches_each_observer_with_its_arguments_in_the_order_given()
    {
        foreach (var method in typeof(IRaftObserver).GetMethods())
        {
            var calls = new List<(int Observer, string Method, object?[] Arguments)>();
            var both = new CompositeObserver(Recorder.Of(1, calls), Recorder.Of(2, calls));
            object?[] arguments = [.. method.GetParameters().Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)];

            method.Invoke(both, arguments);

            Assert.Equal([(1, method.Name), (2, method.Name)], calls.Select(c => (c.Observer, c.Method)));
            Assert.All(calls, call => Assert.Equal(arguments, call.Arguments));
        }
    }

    /// <summary>An observer that notes every call.</summary>
    public class Recorder : DispatchProxy
    {
        private int number;
        private List<(int Observer, string Method, object?[] Arguments)> calls = [];

        public static IRaftObserver Of(int number, List<(int Observer, string Method, object?[] Arguments)> calls)
        {
            var observer = Create<IRaftObserver, Recorder>();
            ((Recorder)(object)observer).number = number;
            ((Recorder)(object)observer).calls = calls;
            return observer;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            calls.Add((number, targetMethod!.Name, args ?? []));
            return null;
        }
    }
}
