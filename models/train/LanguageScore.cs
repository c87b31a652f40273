using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Accuracy on sentences, pairs of words and single words of lines not trained on.</summary>
internal static class LanguageScore
{
    public static void Print(LanguageDetector detector, List<LanguageLine> heldOut)
    {
        var known = heldOut.Where(line => Languages.All.Contains(line.Code)).ToList();
        var random = new Random(3);
        foreach (var (name, cut) in new (string, Func<string, string>)[]
                 { ("sentences", text => text), ("pairs", text => LanguagePieces.Cut(text, 2, random)), ("words", text => LanguagePieces.Cut(text, 1, random)) })
        {
            var results = known.Select(line => (line.Code, Text: cut(line.Text))).Where(r => r.Text.Length > 0).Select(r => (r.Code, r.Text, Found: detector.Detect(r.Text))).ToList();
            Console.WriteLine($"{name}: {results.Average(r => r.Code == r.Found.Code ? 1 : 0):P2} of {results.Count}");
            foreach (var group in results.GroupBy(r => r.Code))
                Console.Write($" {group.Key} {group.Average(r => r.Code == r.Found.Code ? 1 : 0):P1}");
            Console.WriteLine();
            foreach (var r in results.Where(r => r.Code != r.Found.Code).Take(name == "sentences" ? 30 : 0))
                Console.WriteLine($"   {r.Code} -> {r.Found.Code} {r.Found.Confidence:F2} {r.Text[..Math.Min(100, r.Text.Length)]}");
        }

        foreach (var text in (string[])["hello", "hola", "danke", "ok", "hi", "merci", "ciao", "thanks", "yes", "no", "hej", "tak", "kiitos", "obrigado", "привет", "дякую", "спасибо", "東京", "订单", "asdfgh", "qwrtp sdkfj", "12345", "😀", "hi, wo ist mein paket", "ORD-2024-001", "lol", "Where is my package", "My name is José García"])
            Console.Write($"{text}={detector.Detect(text).Code} {detector.Detect(text).Confidence:F2}; ");
        Console.WriteLine();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var line in known)
            detector.Detect(line.Text);
        Console.WriteLine($"{watch.Elapsed.TotalMicroseconds / known.Count:F1} µs a sentence");
        var foreign = heldOut.Where(line => !Languages.All.Contains(line.Code)).ToList();
        Console.WriteLine($"foreign sentences as unknown: {foreign.Average(line => detector.Detect(line.Text).Code == Languages.Unknown ? 1 : 0):P2} of {foreign.Count}");
    }
}
