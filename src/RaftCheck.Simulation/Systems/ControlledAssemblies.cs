using System.Reflection;
using System.Runtime.Loader;

namespace RaftCheck.Simulation.Systems;

/// <summary>
/// Loads a second copy of a system under test beside the first: the copy that was rewritten for Coyote. Only what lies in
/// its folder is loaded anew; the world and everything else are shared, so both copies speak to the same world.
/// </summary>
public sealed class ControlledAssemblies : AssemblyLoadContext
{
    /// <summary>The folder, beside the program, that the build puts the rewritten copy into.</summary>
    public const string DirectoryName = "controlled";

    private readonly string directory;

    private ControlledAssemblies(string directory)
        : base("controlled") => this.directory = directory;

    /// <summary>Creates the system from the rewritten copy of the assembly that <typeparamref name="TSystem"/> is in.</summary>
    /// <typeparam name="TSystem">The system's class; it has a constructor without parameters.</typeparam>
    /// <exception cref="FileNotFoundException">The build has made no rewritten copy.</exception>
    public static ISystemUnderTest Load<TSystem>()
        where TSystem : ISystemUnderTest
    {
        var type = typeof(TSystem);
        var directory = Path.Combine(AppContext.BaseDirectory, DirectoryName);
        var path = Path.Combine(directory, type.Assembly.GetName().Name + ".dll");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The copy of {type.Assembly.GetName().Name} that is rewritten for Coyote is not there: {path}. Build the solution again.", path);
        }

        var context = new ControlledAssemblies(directory);
        var copy = context.LoadFromAssemblyPath(path);
        context.RequireRewritten(copy);
        return (ISystemUnderTest)Activator.CreateInstance(copy.GetType(type.FullName!, throwOnError: true)!)!;
    }

    /// <summary>Without the rewritten system, Coyote would explore nothing, and everything would pass.</summary>
    private void RequireRewritten(Assembly adapter)
    {
        var own = adapter.GetReferencedAssemblies().Select(Load).OfType<Assembly>().Append(adapter);
        if (!own.Any(assembly => assembly.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "RewritingSignatureAttribute")))
        {
            throw new FileNotFoundException($"Nothing in {directory} is rewritten for Coyote. Build the solution again.", directory);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        var path = Path.Combine(directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
