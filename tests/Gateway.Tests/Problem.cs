using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerService;

/// <summary>Checks an answer that is a problem (RFC 9457).</summary>
internal static class Problem
{
    public static async Task<JsonObject> AssertAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(code, problem["code"]?.GetValue<string>());
        Assert.Equal($"urn:customer-service:problem:{code}", problem["type"]?.GetValue<string>());
        Assert.Equal((int)status, problem["status"]?.GetValue<int>());
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        Assert.Equal(32, problem["traceId"]?.GetValue<string>().Length);
        return problem;
    }
}
