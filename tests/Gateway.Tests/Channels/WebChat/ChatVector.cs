using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Answers;
using CustomerService.Api;

namespace CustomerService.Channels.WebChat;

/// <summary>Plays one file of <c>docs/protocol/vectors</c>; section 10 of the protocol says what the steps mean.</summary>
internal sealed class ChatVector(GatewayHost host, JsonObject vector)
{
    private readonly Dictionary<string, JsonNode> _names = [];
    private ChatConnection? _connection;
    private string? _visitor;
    private string? _token;
    private string? _conversation;
    private int _replies;

    public async Task PlayAsync()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiJson.Configure(options);
        foreach (var answer in vector["answers"]!.AsArray())
            host.Assistant.Answers.Enqueue(answer.Deserialize<Answer>(options)!);
        var number = 0;
        foreach (var step in vector["steps"]!.AsArray())
        {
            number++;
            try
            {
                await PlayAsync(step!.AsObject());
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Step {number}, {step!.ToJsonString()}: {fault.Message}", fault);
            }
        }

        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private Task PlayAsync(JsonObject step)
    {
        var (name, value) = step.First();
        return name switch
        {
            "connect" => ConnectAsync(),
            "client" => _connection!.SendAsync(Fill(value!)),
            "clientText" => _connection!.SendTextAsync(value!.GetValue<string>()),
            "clientFill" => _connection!.SendTextAsync(new string(' ', value!.GetValue<int>())),
            "clientBinary" => _connection!.SendBinaryAsync([1, 2, 3]),
            "server" => ExpectAsync(value!.AsObject()),
            "close" => ExpectCloseAsync(value!.GetValue<int>()),
            "drop" => DropAsync(),
            "wait" => WaitAsync(value!.GetValue<int>()),
            "agent" => ActAsync(value!.GetValue<string>(), step),
            _ => throw new NotSupportedException($"There is no step '{name}'."),
        };
    }

    private async Task ConnectAsync()
    {
        if (_token is null)
        {
            var answer = await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web", visitor = _visitor });
            answer.EnsureSuccessStatusCode();
            var session = await answer.Content.ReadFromJsonAsync<JsonObject>();
            (_token, _visitor) = (session!["token"]!.GetValue<string>(), session["visitor"]!.GetValue<string>());
        }

        _connection = await ChatConnection.OpenAsync(host.Address);
    }

    private async Task ExpectAsync(JsonObject expected)
    {
        if (expected["type"]!.GetValue<string>() == "entries")
        {
            foreach (var entry in expected["entries"]!.AsArray())
            {
                var next = await _connection!.EntryAsync();
                Match(expected["conversation"]!, next["conversation"], "conversation");
                Match(entry!, next, "entry");
            }
        }
        else
        {
            Match(expected, await _connection!.FrameAsync(), "frame");
        }
    }

    private async Task ExpectCloseAsync(int code)
    {
        Assert.Equal(code, await _connection!.ClosedAsync());
        if (code == ChatClose.Token)
            _token = null;
    }

    private Task DropAsync()
    {
        _connection!.Drop();
        return Task.CompletedTask;
    }

    private Task WaitAsync(int seconds)
    {
        host.Clock.Jump(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    private async Task ActAsync(string action, JsonObject step)
    {
        var grain = host.Conversation(_conversation!);
        var text = step["text"]?.GetValue<string>() ?? "";
        Refusal? refusal = action switch
        {
            "take" => (await grain.TakeAsync(GatewayHost.Ada)).Refusal,
            "reply" => (await grain.ReplyAsync(GatewayHost.Ada, text, $"reply-{++_replies}")).Refusal,
            "note" => (await grain.AddNoteAsync(GatewayHost.Ada, text)).Refusal,
            "handBack" => (await grain.HandBackAsync(GatewayHost.Ada)).Refusal,
            "resolve" => (await grain.ResolveAsync(GatewayHost.Ada)).Refusal,
            "typing" => await TypeAsync(grain, step["on"]!.GetValue<bool>()),
            _ => throw new NotSupportedException($"Agents do not '{action}'."),
        };
        Assert.Null(refusal);
    }

    private static async Task<Refusal?> TypeAsync(CustomerService.Conversations.IConversationGrain grain, bool on)
    {
        await grain.TypingAsync(new(CustomerService.Conversations.AuthorKind.Agent, GatewayHost.Ada.Id.Value, GatewayHost.Ada.Name), on);
        return null;
    }

    /// <summary>Puts known values in the place of names.</summary>
    private JsonNode Fill(JsonNode node) => node switch
    {
        JsonObject source => new JsonObject(source.Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null : Fill(field.Value)))),
        JsonValue value when value.TryGetValue<string>(out var text) && IsName(text) => Value(text),
        _ => node.DeepClone(),
    };

    private JsonNode Value(string name) => name switch
    {
        "<token>" => _token!,
        _ when name.Contains(" × ", StringComparison.Ordinal) => new string(name[1], int.Parse(name[5..^1])),
        _ => _names[name].DeepClone(),
    };

    private void Match(JsonNode expected, JsonNode? actual, string path)
    {
        if (expected is JsonObject fields)
        {
            var given = Assert.IsType<JsonObject>(actual);
            foreach (var (name, value) in fields)
            {
                Assert.True(given.ContainsKey(name), $"{path}.{name} is missing in {given.ToJsonString()}");
                if (value is null)
                    Assert.True(given[name] is null, $"{path}.{name} is {given[name]} instead of null");
                else
                    Match(value, given[name], $"{path}.{name}");
            }
        }
        else if (expected is JsonArray list)
        {
            var given = Assert.IsType<JsonArray>(actual);
            Assert.Equal(list.Count, given.Count);
            foreach (var (value, other) in list.Zip(given))
                Match(value!, other, path + "[]");
        }
        else
        {
            MatchValue(expected, actual, path);
        }
    }

    private void MatchValue(JsonNode expected, JsonNode? actual, string path)
    {
        if (expected.AsValue().TryGetValue<string>(out var name) && IsName(name))
        {
            if (name == "<any>")
                return;
            if (_names.TryAdd(name, actual!.DeepClone()))
            {
                if (name == "<conversation>")
                    _conversation = actual.GetValue<string>();
                return;
            }

            expected = _names[name];
        }

        Assert.True(JsonNode.DeepEquals(expected, actual), $"{path}: {expected.ToJsonString()} expected, {actual?.ToJsonString()} found");
    }

    private static bool IsName(string text) => text is ['<', .., '>'] && !text.Contains('/', StringComparison.Ordinal);
}
