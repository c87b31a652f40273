"""Trains models/sentiment (English) and models/sentiment-many (eight languages), writes the lexicon. Run: /usr/bin/python3 models/train/sentiment.py [--many]"""
import os
import re
import sys

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.svm import LinearSVC

import common
from intents import variants

LABELS = ["negative", "neutral", "positive"]
LANGUAGES = {"ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi", "it": "italian", "pt": "portuguese"}


def lexicon():
    """VADER's words and emoticons; an emoji has the sum of its description's words."""
    words = {}
    with open(os.path.join(common.DATA, "vader/vader_lexicon.txt"), encoding="utf8") as lines:
        for line in lines:
            word, valence = line.split("\t")[:2]
            words[word] = float(valence)
    with open(os.path.join(common.DATA, "vader/emoji_utf8_lexicon.txt"), encoding="utf8") as lines:
        for line in lines:
            emoji, description = line.rstrip("\n").split("\t")
            valence = sum(words.get(word, 0) for word in re.findall(r"[a-z'-]+", description.lower()))
            if len(emoji) == 1 and valence:
                words[emoji] = max(-4, min(4, valence))
    with open(os.path.join(common.ROOT, "models/sentiment/lexicon.tsv"), "w", encoding="utf8", newline="\n") as out:
        out.writelines(f"{word}\t{valence:.1f}\n" for word, valence in sorted(words.items()))


def tweets(language, part):
    folder = os.path.join(common.DATA, "xlm-t-sentiment", LANGUAGES[language])
    with open(os.path.join(folder, part + "_text.txt"), encoding="utf8") as lines:
        texts = [clean(line) for line in lines.read().split("\n")]
    with open(os.path.join(folder, part + "_labels.txt"), encoding="utf8") as lines:
        labels = [int(line) for line in lines.read().split()]
    texts = texts[: len(labels)]
    assert len(texts) == len(labels), (language, part, len(texts), len(labels))
    return texts, labels


def clean(text):
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return re.sub(r"https?://\S+|\bhttp\b|@user", " ", text)


def rated(name, count, rng):
    """Sentences with the mean of 20 raters, −4 to 4, as a softened distribution over the three classes."""
    with open(os.path.join(common.DATA, "vader", name), encoding="windows-1252") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    rows = [(row[2], float(row[1])) for row in rows if len(row) > 2]
    rows = rng.sample(rows, min(count, len(rows)))
    return [text for text, _ in rows], [soft(rating) for _, rating in rows]


def soft(rating):
    positive = 1 / (1 + np.exp(-2.5 * (rating - 0.8)))
    negative = 1 / (1 + np.exp(2.5 * (rating + 0.8)))
    return [negative, max(1 - positive - negative, 0.02), positive]


def macro_f1(truth, said):
    scores = [2 * np.sum((truth == c) & (said == c)) / max(np.sum(truth == c) + np.sum(said == c), 1) for c in range(3)]
    return float(np.mean(scores))


def english(rng):
    texts, targets, weight = [], [], []

    def add(some, marks, w):
        texts.extend(some), weight.extend([w] * len(some))
        targets.extend([np.eye(3)[m] if np.ndim(m) == 0 else m for m in marks])

    add(*tweets("en", "train"), 1)
    add(*rated("amazonReviewSnippets_GroundTruth.txt", 3000, rng), 0.25)
    add(*rated("movieReviewSnippets_GroundTruth.txt", 3000, rng), 0.1)
    add(*rated("nytEditorialSnippets_GroundTruth.txt", 1500, rng), 0.1)
    for label, text in common.own("sentiment-en"):
        add(list(variants(text, rng)), [LABELS.index(label)] * 5, 1.2)
    x = common.features(texts, extra=10)
    val, truth = tweets("en", "val")
    xv, truth = common.features(val, extra=10), np.array(truth)
    judged = common.own("sentiment-en-eval")
    xj, tj = common.features([t for _, t in judged], extra=10), np.array([LABELS.index(label) for label, _ in judged])
    best = None
    for dense_penalty, gram_penalty in PENALTIES:
        model = common.train(x, np.array(targets), LABELS, weight, dense_penalty, gram_penalty, 150)
        score = macro_f1(truth, model.logits(xv).argmax(1)), macro_f1(tj, model.logits(xj).argmax(1))
        print(f"english dense {dense_penalty:g} pieces {gram_penalty:g}: macro F1 {score[0]:.3f} tweets, {score[1]:.3f} own", file=sys.stderr)
        if best is None or 2 * score[0] + score[1] > best[0]:
            best = 2 * score[0] + score[1], model
    model = best[1]
    model.temperature = common.calibrate(model, xv, truth)
    model.save("sentiment")
    p = model.probabilities(xj)
    for (label, text), q in zip(judged, p):
        if LABELS[q.argmax()] != label:
            print(f"   {text!r}: {label} -> {q[2] - q[0]:+.2f}")


PENALTIES = [(1e-3, 1e-3), (2e-3, 1e-3), (2e-3, 2e-3), (3e-3, 3e-3), (5e-3, 5e-3)]


def many():
    """A model over the texts of all languages, and one for each: that of all plus what its own texts add."""
    texts, targets, parts = [], [], {}
    for language in LANGUAGES:
        some, marks = tweets(language, "train")
        parts[language] = slice(len(texts), len(texts) + len(some))
        texts += some
        targets += marks
    extra = [(t, LABELS.index(m)) for name in ("sentiment-en", "sentiment-many") for m, t in common.own(name)]
    texts += [t for t, _ in extra] * 2
    targets += [m for _, m in extra] * 2
    x, y = pieces(texts), np.array(targets)
    everyone = margins(x, y, 0.15)
    judged = {language: tweets(language, "val") for language in LANGUAGES}
    judged = {language: (pieces(val), np.array(truth)) for language, (val, truth) in judged.items()}
    everyone.temperature = common.calibrate(everyone, concatenated([xv for xv, _ in judged.values()]), np.concatenate([truth for _, truth in judged.values()]))
    everyone.save("sentiment-many")
    scores = []
    for language, (xv, truth) in judged.items():
        own = margins(x[parts[language]], y[parts[language]], 0.3)
        model = common.Model(LABELS, everyone.dense + own.dense, everyone.grams + own.grams, everyone.bias + own.bias)
        model.temperature = common.calibrate(model, xv, truth)
        model.save("sentiment-many", f"{language}.safetensors")
        scores.append(macro_f1(truth, model.logits(xv).argmax(1)))
        print(f"{language} macro F1 {scores[-1]:.3f}, temperature {model.temperature:.2f}", file=sys.stderr)
    print(f"mean {np.mean(scores):.4f}", file=sys.stderr)


# One class against the others: with few texts its margins tell the classes apart better than a softmax regression does.
def margins(x, y, penalty):
    weighted = hstack([csr_matrix(x.dense * DENSE_WEIGHT), x.grams]).tocsr()
    svm = LinearSVC(C=penalty, tol=1e-2, max_iter=300, random_state=7).fit(weighted, y)
    d = x.dense.shape[1]
    return common.Model(LABELS, svm.coef_[:, :d].T * DENSE_WEIGHT, svm.coef_[:, d:].T, svm.intercept_)


DENSE_WEIGHT = 0.3


def pieces(texts):
    x = common.features(texts, extra=10, vectors=False)
    x.dense = x.dense[:, 384:]
    return x


def concatenated(parts):
    return common.Features(np.concatenate([x.dense for x in parts]), vstack([x.grams for x in parts]).tocsr())


if __name__ == "__main__":
    lexicon()
    if "--many" not in sys.argv:
        english(common.seeded())
    many()
