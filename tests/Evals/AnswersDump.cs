using System.Text.Json;
using CustomerService.Answers;
using CustomerService.Knowledge;

namespace CustomerService.Evals;

/// <summary>Writes what the decision to answer rests on, a JSON line a question of the dev half, for fitting its weights.</summary>
/// <remarks>
/// Each answerable question is there twice: once as it is, and once with the article taken away that answers it, which makes it
/// the hardest kind that cannot be answered.
/// </remarks>
internal static class AnswersDump
{
    public static int Write(
        List<AnswerQuestion> questions, IReadOnlyCollection<IndexedArticle> articles, Func<IEnumerable<IndexedArticle>, KnowledgeIndex> build, ITextVectors vectors, string path)
    {
        using var output = new StreamWriter(path);
        var whole = build(articles);
        foreach (var question in questions.Where(q => q.Set == "dev" && !q.AsksForPerson))
        {
            WriteLine(question, whole, question.IsAnswerable);
            if (question.IsAnswerable)
                WriteLine(question, build(articles.Where(a => !Answers(a, question))), isAnswerable: false);
        }

        return 0;

        void WriteLine(AnswerQuestion question, KnowledgeIndex knowledge, bool isAnswerable)
        {
            if (knowledge.In(question.Language) is { } index && new AnswerComposer(knowledge, vectors, new AnswerOptions()).Look(index, question.Question) is { } found)
                output.WriteLine(JsonSerializer.Serialize(new
                {
                    question.Question,
                    question.Language,
                    question.Note,
                    IsAnswerable = isAnswerable,
                    Cut = question.IsAnswerable && !isAnswerable,
                    found.Evidence,
                }));
        }
    }

    private static bool Answers(IndexedArticle article, AnswerQuestion question) =>
        article.Article.Id.Value == question.Article
        || (question.MustContain is { } phrase && article.Passages.Any(p => p.Passage.Text.Contains(phrase, StringComparison.Ordinal)));
}
