using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CustomerService.Shell;

/// <summary>The pages ask for their files as those of a library, which they are in the silo's process; here the files lie at the root.</summary>
internal sealed class OwnAssets : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Path.StartsWithSegments("/_content/Dashboard", StringComparison.Ordinal, out var file))
                context.Request.Path = file;
            return following(context);
        });
        next(app);
    };
}
