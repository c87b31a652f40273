namespace CustomerService.Knowledge;

/// <summary>Words that say nothing about what a text is about, folded as <see cref="Words"/> folds.</summary>
internal static class StopWords
{
    private static readonly Dictionary<string, HashSet<string>> _byLanguage = new()
    {
        ["en"] = Read("""
            a about after again all also am an and any are as at be been being but by can cannot cant could did didnt do does doesnt doing dont
            for from get got had has have having he help her hers hey hi hello him his how i if id ill im in into is isnt it its ive just know like
            may me might mine must my need not of off on one only or other our ours out own please really same she should shouldnt so some such tell than thank
            thanks that thats the their them then there theres these they this those to too up us very want was way we were what whats when where which
            who whom whose why will with wont would you your yours yet okay ok still much many long
            """),
        ["de"] = Read("""
            aber alle allem allen aller alles als also am an ander andere auch auf aus bei beim bin bis bist bitte da damit dann das dass dein deine dem den
            denn der des die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch euer eure fur
            gibt hab habe haben hallo hat hatte hier ich ihm ihn ihnen ihr ihre ihrem ihren im in ins ist ja jede jedem jeden jeder jedes jetzt kann kein keine
            kannst konnen konnte lange machen man mein meine meinem meinen meiner mehr mich mir mit mochte muss mussen nach nicht nichts noch nun nur ob oder ohne
            schon sehr sein seine sich sie sind so soll sollen sonst uber um und uns unser unter viel vom von vor wann war waren was weil welche welchem
            welcher welches wenn werde werden wie wieder will wir wird wo wurde zu zum zur
            """),
        ["fr"] = Read("""
            a ai aie alors apres as au aussi autre aux avant avec avez avoir avons bien bonjour c ca ce cela ces cet cette ceux chez comme comment combien d dans de
            depuis des donc du elle elles en encore est et ete etes etre eu fait faire faut faut-il il ils j je jusqu l la le les leur leurs lui m ma mais me meme merci mes
            moi mon n ne nos notre nous on ont ou par pas peu peut peux plait plus pour pourquoi pouvez puis puisje qu quand que quel quelle quelles quels qui quoi
            s sa sans se sera ses si sil son sont sous sur ta te tes toi ton tous tout toute toutes tres tu un une vais veux voudrais vos votre vous y
            """),
        ["es"] = Read("""
            a al algo ante antes aqui asi aun cada como con cual cuales cuando cuanto cuanta cuantos cuantas de del desde donde dos e el ella ellas ellos en entre era es esa ese eso
            esta estan estar este esto estos favor fue gracias ha hace hacer hasta hay he hola la las le les lo los mas me mi mis mucho muy necesito nada ni no nos nosotros o
            os otra otro para pero por porque puede puedo pueden que quien quiero se sea ser si sin sobre son soy su sus tambien te tengo tiene todo todos tu tus un una uno
            unos usted ustedes va voy y ya yo
            """),
    };

    public static bool Contains(string word, string language) => _byLanguage.TryGetValue(language, out var words) && words.Contains(word);

    private static HashSet<string> Read(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
