namespace CustomerService.Knowledge;

/// <summary>Tells a table's row in words: "Switzerland: Standard CHF 9.90, Express not available".</summary>
internal static class TableText
{
    public static string Tell(MarkedText[] head, MarkedText[] row)
    {
        var cells = row.Select(c => c.ToString().Trim()).ToArray();
        if (cells.Length < 2)
            return string.Join(' ', cells);

        var told = cells.Skip(1).Select((cell, i) => (Head: head.ElementAtOrDefault(i + 1)?.ToString().Trim(), Cell: cell)).Where(c => c.Cell.Length > 0);
        return $"{cells[0]}: {string.Join(", ", told.Select(c => cells.Length == 2 || string.IsNullOrEmpty(c.Head) ? c.Cell : $"{c.Head} {c.Cell}"))}";
    }
}
