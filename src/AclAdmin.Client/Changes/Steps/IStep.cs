using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>A step on the path of a write. It decides one matter that no other step decides, and passes the write on or ends it.</summary>
/// <typeparam name="TWrite">What passes: a write, or the writes of one request.</typeparam>
/// <typeparam name="TResult">What comes back.</typeparam>
internal interface IStep<TWrite, TResult>
{
    /// <summary>Takes the step.</summary>
    /// <param name="write">The write.</param>
    /// <param name="next">The rest of the path. It may be called never, once or several times.</param>
    /// <exception cref="AclException">The write was refused, or its outcome is not known.</exception>
    /// <exception cref="OperationCanceledException">The write was not sent.</exception>
    Task<TResult> RunAsync(TWrite write, Func<TWrite, Task<TResult>> next);
}

/// <summary>Joins steps to a path.</summary>
internal static class StepPath
{
    /// <summary>The path through all steps, the first one outermost.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="last">What is at the end of the path.</param>
    public static Func<TWrite, Task<TResult>> Of<TWrite, TResult>(IEnumerable<IStep<TWrite, TResult>> steps, Func<TWrite, Task<TResult>> last) =>
        steps.Reverse().Aggregate(last, (next, step) => write => step.RunAsync(write, next));
}
