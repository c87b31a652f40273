using System.Text.Json.Serialization.Metadata;
using CustomerService.Contacts;
using CustomerService.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CustomerService.Api;

/// <summary>The API's description, OpenAPI 3.1, and the page that shows it.</summary>
internal static class ApiDescription
{
    private const string Document = "v1";
    private const string KeyScheme = "apiKey";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = api => api.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) => DescribeAsync(document));
        options.AddSchemaTransformer((schema, context, _) => NameIdAsync(schema, context));
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "API";
            options.SwaggerEndpoint("/openapi/v1.json", "v1");
        });
    }

    private static Task DescribeAsync(OpenApiDocument document)
    {
        document.Info = new() { Title = "CustomerService API", Version = Document, Description = "Conversations, knowledge and understanding. Errors are problem details (RFC 9457) with a stable code." };
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: csk_…" },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }

    /// <summary>Ids and keys are written as text: their converters hide that from the generator.</summary>
    private static Task NameIdAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        if (type is { IsValueType: true, IsEnum: false } && context.JsonTypeInfo.Kind == JsonTypeInfoKind.None && type.Namespace?.StartsWith("CustomerService", StringComparison.Ordinal) == true)
            schema.Type = JsonSchemaType.String;
        if (type == typeof(ConversationKey) || type == typeof(ContactKey))
            (schema.Description, schema.Pattern) = ("32 hexadecimal digits.", "^[0-9a-f]{32}$");
        return Task.CompletedTask;
    }
}
