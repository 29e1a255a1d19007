using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace AclAdmin.Sandbox.Http;

/// <summary>Puts answers on the wire, whole or not.</summary>
internal static class Delivery
{
    // Time for the sent half to leave before the connection is cut; without it the client may see nothing but a reset.
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(30);

    public static async Task SendAsync(HttpContext context, Answer answer)
    {
        Begin(context, answer);
        if (!answer.Body.IsEmpty && !HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
    }

    public static async Task SendHalfAsync(HttpContext context, Answer answer)
    {
        Begin(context, answer);
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.BodyWriter.WriteAsync(answer.Body[..(answer.Body.Length / 2)], context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        await Task.Delay(Drain, context.RequestAborted);
        context.Abort();
    }

    private static void Begin(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        // 204 must not carry a length at all.
        if (answer.Status != 204)
            response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
    }
}
