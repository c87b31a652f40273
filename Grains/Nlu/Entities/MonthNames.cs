using System.Collections.Frozen;

namespace CustomerService.Nlu;

/// <summary>Names of months in English, German, French, Spanish, Italian, Portuguese and Dutch, long and short.</summary>
internal static class MonthNames
{
    public const string Pattern =
        "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|" +
        "januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|mär|okt|dez|" +
        "janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|janv|févr|avr|juil|déc|" +
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|ene|abr|ago|dic|" +
        "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|" +
        "janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|januari|februari|maart|mei|augustus";

    private static readonly FrozenDictionary<string, int> s_numbers = Parse(
        "january,jan,januar,jänner,janvier,janv,enero,ene,gennaio,janeiro,januari february,feb,februar,février,fevrier,févr,febrero,febbraio,fevereiro,februari " +
        "march,mar,märz,mär,mars,marzo,março,maart april,apr,avril,avr,abril,abr,aprile may,mai,mayo,maggio,maio,mei june,jun,juni,juin,junio,giugno,junho " +
        "july,jul,juli,juillet,juil,julio,luglio,julho august,aug,août,aout,agosto,ago,augustus september,sept,sep,septembre,septiembre,setiembre,settembre,setembro " +
        "october,oct,oktober,okt,octobre,octubre,ottobre,outubro november,nov,novembre,noviembre,novembro december,dec,dezember,dez,décembre,decembre,déc,diciembre,dic,dicembre,dezembro");

    public static int NumberOf(ReadOnlySpan<char> name) => s_numbers.GetValueOrDefault(name.ToString().ToLowerInvariant());

    private static FrozenDictionary<string, int> Parse(string table) =>
        table.Split(' ').SelectMany((names, i) => names.Split(',').Select(name => (name, i + 1))).ToFrozenDictionary(pair => pair.name, pair => pair.Item2);
}
