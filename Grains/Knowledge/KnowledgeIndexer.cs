using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Knowledge;

/// <summary>Keeps the index like the folder: at once when the file system reports a change, else at every poll.</summary>
internal sealed partial class KnowledgeIndexer(
    KnowledgeBase knowledge, ArticleArchive archive, IOptions<KnowledgeOptions> options, IServiceProvider services, TimeProvider time, ILogger<KnowledgeIndexer> logger) : BackgroundService
{
    private static readonly TimeSpan _settle = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly KnowledgeOptions _options = options.Value;
    private ITextVectors? _model;
    private VectorCache? _cache;
    private string? _modelProblem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var path = Path.GetFullPath(_options.Path, AppContext.BaseDirectory);
        var reader = new ArticleReader(_options.MaxArticleBytes, _options.MaxPassageLength);
        var folder = new ArticleFolder(path, reader, _options.MaxArticles, _options.MaxArticleBytes);
        using var watcher = Watch(path);
        for (var first = true; !stoppingToken.IsCancellationRequested; first = false)
        {
            try { Refresh(folder, first, stoppingToken); }
            catch (OperationCanceledException) { return; }
            catch (Exception fault) { LogIndexingFailed(fault); }
            await WaitAsync(stoppingToken);
        }
    }

    private void Refresh(ArticleFolder folder, bool first, CancellationToken stoppingToken)
    {
        var state = folder.Read();
        if (!state.Changed && !first)
            return;

        foreach (var article in state.Articles)
            archive.Keep(article.Article);
        // Words are ready at once, vectors when the new texts are encoded: until then what is known already serves.
        Publish(state);
        if (Model() is { } model && _cache is { } cache)
        {
            var texts = state.Articles.Where(a => model.Knows(a.Article.Language)).SelectMany(a => a.Passages).SelectMany(SearchablePassage.Texts);
            cache.Fill(texts, stoppingToken);
        }

        Publish(state);
    }

    private void Publish(FolderState state)
    {
        var index = new KnowledgeIndex(state.Articles, language => _model?.Knows(language) == true ? _cache!.Find : null);
        var problems = _modelProblem is null ? state.Problems : state.Problems.Add(_modelProblem);
        knowledge.Swap(index, _model, time.GetUtcNow(), problems);
        LogIndexed(index.Rows.Length, index.Passages, problems.Length);
    }

    // Loading the model takes a moment and may fail; search by words does not depend on it.
    private ITextVectors? Model()
    {
        if (_model is not null || _modelProblem is not null)
            return _model;
        try
        {
            if (services.GetService(typeof(ITextVectors)) is ITextVectors model)
            {
                _cache = new VectorCache(model, _options.FolderOf("vectors"));
                _model = model;
            }
        }
        catch (Exception fault)
        {
            LogNoVectors(fault);
            _modelProblem = "Search by meaning is off, because the sentence encoder cannot be loaded: only words are compared.";
        }

        return _model;
    }

    private FileSystemWatcher? Watch(string path)
    {
        if (!Directory.Exists(path))
            return null;
        try
        {
            var watcher = new FileSystemWatcher(path) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => Wake();
            watcher.Created += (_, _) => Wake();
            watcher.Deleted += (_, _) => Wake();
            watcher.Renamed += (_, _) => Wake();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception limit) when (limit is IOException or PlatformNotSupportedException)
        {
            LogNoWatcher(limit);
            return null;
        }
    }

    private void Wake()
    {
        try { _wake.Release(); }
        catch (SemaphoreFullException) { /* A wake-up is waiting already. */ }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var poll = new CancellationTokenSource(_options.PollInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, poll.Token);
        try
        {
            await _wake.WaitAsync(either.Token);
            // Editors write a file in several steps.
            await Task.Delay(_settle, time, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The poll is due, or the host stops.
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Information, "Indexed {Articles} articles, {Passages} passages, {Problems} problems")]
    private partial void LogIndexed(int articles, int passages, int problems);

    [LoggerMessage(LogLevel.Error, "The knowledge folder could not be indexed; the index before stays")]
    private partial void LogIndexingFailed(Exception fault);

    [LoggerMessage(LogLevel.Warning, "The sentence encoder cannot be loaded; articles are searched by words alone")]
    private partial void LogNoVectors(Exception fault);

    [LoggerMessage(LogLevel.Warning, "The file system does not report changes; the knowledge folder is polled")]
    private partial void LogNoWatcher(Exception fault);
}
