"""Gathers prose in the languages that the language model tells apart, from packages of Debian, as <output>/<source>/<code>.txt.

    python3 models/train/languages.py <folder for the packages> <output folder>

Downloads about 700 MB with apt-get, which checks what it downloads against Debian's signed lists; run `apt-get update` first.
Nothing of it is needed to build or to run the product: only the weights that training makes of it are kept.
"""
import glob, html, json, os, re, struct, subprocess, sys, unicodedata
from collections import Counter, defaultdict

# Two spellings of a language share its code; the codes beyond the 23 are learnt so that they can be answered as unknown.
CODES = {code: code for code in "ar bg ca cs da de el en es fa fi fr he hi hr hu id it ja ko nl pl pt ro ru sk sv tr uk ur vi zh".split()} | {
    "nb": "no", "nb-no": "no", "pt-br": "pt", "pt-pt": "pt", "zh-cn": "zh", "zh-tw": "zh", "zh-hans": "zh", "zh-hant": "zh", "en-us": "en", "c": "en", "sr-latin": "hr", "tl": "fil"}
HELP = "ca cs da de el en-us es fi fr hu id it ja ko nl pl pt pt-br ru sv tr vi zh-cn zh-tw".split()
CAMPAIGNS = "did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs".split()
SCHOOL = "da de en es fr it ja nb-no nl pt-br pt-pt zh-cn".split()
REFERENCE = "de en es fr it ja pt pt-br zh-cn zh-tw".split()
PACKAGES = [f"libreoffice-help-{code}" for code in HELP] + [f"libreoffice-l10n-{code}" for code in ("ar", "he", "nb", "uk")] + [f"wesnoth-1.16-{name}" for name in ["data", *CAMPAIGNS]] \
    + [f"debian-edu-doc-{code}" for code in SCHOOL] + [f"debian-reference-{code}" for code in REFERENCE] + ["debian-handbook", "gnome-user-docs", "mediawiki"]

# source: where its files are, with {} for the language, and how they are read
SOURCES = {
    "libreoffice-help": ("usr/share/libreoffice/help/{}/text/**/*.html", "markup"),
    "libreoffice": ("usr/lib/libreoffice/program/resource/{}/LC_MESSAGES/*.mo", "messages"),
    "gnome": ("usr/share/help/{}/**/*.page", "markup"),
    "handbook": ("usr/share/doc/debian-handbook/html/{}/*.html", "markup"),
    "school": ("usr/share/doc/debian-edu-doc-{}/*.html", "markup"),
    "reference": ("usr/share/debian-reference/*.{}.html", "markup"),
    "wesnoth": ("usr/share/games/wesnoth/1.16/locale/{}/LC_MESSAGES/*.mo", "messages"),
    "mediawiki": ("usr/share/mediawiki/**/i18n/**/{}.json", "json"),
}
MOST_WORDS = 400_000
BLOCKS = re.compile(r"<(?:p|title|h[1-6]|li|dt|dd|td|em|div)\b[^>]*>((?:(?!<(?:p|title|h[1-6]|li|dt|dd|td|div)\b).)*?)</(?:p|title|h[1-6]|li|dt|dd|td|div)>", re.S | re.I)
SILENT = re.compile(r"<(script|style|pre|code|tt|kbd|cmd|key|file|input|screen|literal|nav|footer|header)\b.*?</\1>|<!--.*?-->|<head>.*?</head>", re.S | re.I)
VARIABLE = re.compile(r"<[^>]*>|\{\{[^}]*\}\}|\[\[|\]\]|\[[^ \]]*|&\w+;|\$\(?[\w|]+\)?|%\(?\w*\)?[\w$]*|%\w+|https?://\S+|\S+@\S+|\S*[/_\\=<>{}|#]\S*|'{2,}|\{[^}]*\}")
ENGLISH = set("the of and with for this that you are from your which have has will can be by not it is to when or an as on".split())
SCRIPT = {"ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "he": "HEBREW", "el": "GREEK", "ru": "CYRILLIC", "uk": "CYRILLIC", "bg": "CYRILLIC", "hi": "DEVANAGARI", "ja": ("CJK", "HIRAGANA", "KATAKANA"), "ko": "HANGUL", "zh": "CJK"}


def unpack(folder):
    os.makedirs(f"{folder}/packages", exist_ok=True)
    missing = [name for name in PACKAGES if not glob.glob(f"{folder}/packages/{name}_*.deb")]
    if missing:
        subprocess.run(["apt-get", "download", *missing], cwd=f"{folder}/packages", check=True)
    for name in PACKAGES:
        path = glob.glob(f"{folder}/packages/{name}_*.deb")[0]
        print(os.path.basename(path), file=sys.stderr)
        if not os.path.exists(f"{folder}/all/usr/share/doc/{name}"):
            subprocess.run(["dpkg-deb", "-x", path, f"{folder}/all"], check=True)


def markup(path):
    text = SILENT.sub(" ", open(path, encoding="utf8", errors="ignore").read())
    for block in BLOCKS.findall(text):
        yield html.unescape(re.sub(r"<[^>]*>", "", block))


def messages(path):
    """The translations of a compiled catalogue that are not as the original is."""
    data = open(path, "rb").read()
    _, _, count, originals, translations = struct.unpack("<5I", data[:20])
    for i in range(1, count):
        pair = [data[at:at + length] for length, at in (struct.unpack_from("<2I", data, table + 8 * i) for table in (originals, translations))]
        if pair[0] != pair[1]:
            yield from re.split(r"[\0\n]", re.sub(rb"[~_&]", b"", pair[1]).decode("utf8", "ignore"))


def read_json(path):
    for key, value in json.load(open(path, encoding="utf8")).items():
        if isinstance(value, str):
            yield from value.split("\n")


READERS = {"markup": markup, "messages": messages, "json": read_json}


def clean(code, line):
    """The line without markup and variables, or nothing when it is no prose in its language."""
    line = " ".join(VARIABLE.sub(" ", unicodedata.normalize("NFC", line)).split())
    words = [word.strip(".,;:!?\"“”„«»()'’…") for word in line.split()]
    letters = sum(c.isalpha() for c in line)
    if letters < (6 if code in ("ja", "zh", "ko") else 15) or letters < 0.7 * len(line.replace(" ", "")):
        return None
    if code in SCRIPT:
        own = sum(unicodedata.name(c, "").startswith(SCRIPT[code]) for c in line)
        return line if own > 0.6 * letters else None
    english = sum(word.lower() in ENGLISH for word in words)
    return line if code == "en" and len(words) > 2 or len(words) > 2 and english < 0.12 * len(words) else None


def gather(root, pattern, kind):
    """The clean lines of a source by code, each once; a line found in two languages is in neither."""
    lines, owners = defaultdict(dict), defaultdict(set)
    before, after = pattern.split("{}")
    places = glob.glob(f"{root}/{before}*{after}", recursive=True)
    name = re.compile(re.escape(f"{root}/{before}").replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*") + "([A-Za-z]+(?:[-_@][A-Za-z]+)?)" + re.escape(after).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*") + "$")
    for path in sorted(places):
        found = name.match(path)
        code = CODES.get(re.sub("[_@]", "-", found[1]).lower()) or CODES.get(found[1].split("-")[0].lower() if kind == "markup" else "") if found else None
        if not code:
            continue
        for line in READERS[kind](path):
            line = clean(code, line)
            if line:
                lines[code][line] = None
                owners[line].add(code)
    return {code: [line for line in own if len(owners[line]) == 1] for code, own in lines.items()}


def main(folder, output):
    unpack(folder)
    total = Counter()
    for source, (pattern, kind) in SOURCES.items():
        os.makedirs(f"{output}/{source}", exist_ok=True)
        for code, lines in gather(f"{folder}/all", pattern, kind).items():
            with open(f"{output}/{source}/{code}.txt", "w", encoding="utf8") as file:
                file.write("".join(line + "\n" for line in lines))
            words = sum(line.count(" ") + 1 for line in lines)
            total[code] += words
            print(source, code, len(lines), words, sep="\t")
    print(*(f"{code} {words}" for code, words in sorted(total.items())))


main(*sys.argv[1:])
