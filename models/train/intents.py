"""Trains models/intents (English, over sentence vectors and n-grams) and models/intents-many (every language, n-grams alone).

Run: /usr/bin/python3 models/train/intents.py
"""
import csv
import json
import os
import re
import sys

import numpy as np

import common

SMALL_TALK = {"greeting": "greeting", "thank_you": "thanks", "goodbye": "goodbye"}
# Intents of CLINC150 that a shop's customer could mean: neither in nor out of scope.
AMBIGUOUS = set(
    "order_status order cancel change_user_name pay_bill bill_due bill_balance report_fraud card_declined transactions account_blocked "
    "pin_change replacement_card_duration application_status new_card redeem_rewards reset_settings what_can_i_ask_you user_name order_checks "
    "are_you_a_bot yes no maybe repeat expiration_date".split()
)
# A negative weighs less than a sentence of ours: what we do not know is often the shop's matter all the same.
OUTSIDE = 0.12
LANGUAGES = "ar cs da de el es fi fr he hi it ja ko nl no pl pt ru sv tr uk zh".split()
# Of the vector and of the n-grams, and the most steps: best on the fifth of the training templates left out of the first training.
PENALTIES = (3e-6, 3e-6, 150)
OPENINGS = ["Hi, ", "Hello, ", "hey ", "Good morning, ", "Hi there! ", "Hello team, ", "Dear support, ", "Sorry to bother you. "]
CLOSINGS = [" Thanks", " thank you!", " thanks in advance", " please help", " Please reply soon.", " Kind regards", " asap"]


def bitext():
    """(intent, text, template): the set is generated, so texts that differ only in values or slips share a template."""
    path = os.path.join(common.DATA, "bitext-customer-support/bitext_2023-08_6480_entities.csv")
    rows = []
    with open(path, encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["instruction"]
            start, end = (int(row[k]) if row[k] else 0 for k in ("start_offset", "end_offset"))
            masked = text[:start] + " # " + text[end:] if end > start else text
            rows.append((row["intent"], text, re.sub(r"[^a-z#]+", " ", re.sub(r"\d+", "#", masked.lower())).strip()))
    return rows


def cluster(rows, threshold=0.6):
    """Gives each text the number of its group: the first of its intent that shares 60 % of its character trigrams."""
    leaders, groups = {}, []
    for intent, _, template in rows:
        grams = {f" {template} "[i : i + 3] for i in range(len(template))}
        known = leaders.setdefault(intent, [])
        found = next((g for other, g in known if len(grams & other) >= threshold * len(grams | other)), None)
        if found is None:
            found = sum(len(v) for v in leaders.values())
            known.append((grams, found))
        groups.append(found)
    return np.array(groups)


def outside(rng):
    with open(os.path.join(common.DATA, "clinc150/train_val.json"), encoding="utf8") as file:
        clinc = json.load(file)
    small = [(SMALL_TALK[i], t) for t, i in clinc["train"] if i in SMALL_TALK]
    texts = [t for t, i in clinc["train"] if i not in SMALL_TALK and i not in AMBIGUOUS] + [t for t, _ in clinc["oos_train"]]
    texts = rng.sample(texts, 6000)
    with open(os.path.join(common.DATA, "snips/train.seq.in"), encoding="utf8") as file:
        texts += rng.sample(file.read().splitlines(), 1000)
    with open(os.path.join(common.DATA, "ntrex/newstest2019.eng-US.txt"), encoding="utf8") as file:
        texts += rng.sample(file.read().splitlines(), 300)
    letters = "abcdefghijklmnopqrstuvwxyz"
    texts += [" ".join("".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(rng.randint(1, 6))) for _ in range(300)]
    return small, texts


def variants(text, rng):
    yield text
    yield rng.choice(OPENINGS) + text
    yield text + rng.choice(CLOSINGS)
    yield common.typo(text, rng)
    yield common.typo(common.typo(rng.choice(OPENINGS) + text + rng.choice(CLOSINGS), rng), rng)


def slips(text, rng):
    """Three slips in one sentence, with and without a greeting."""
    for opening in ("", rng.choice(OPENINGS)):
        yield common.typo(common.typo(common.typo(opening + text, rng), rng), rng)


def main():
    rng = common.seeded()
    support = bitext()
    groups = cluster(support)
    held = np.array([g % 5 == 0 for g in (groups * 2654435761 % 4294967296 >> 8)])
    small, negatives = outside(rng)
    mine, judged = common.own("intents-en"), common.own("intents-en-eval")
    labels = sorted({i for i, _, _ in support}) + ["greeting", "thanks", "goodbye", "out_of_scope"]
    number = {label: i for i, label in enumerate(labels)}
    print(f"{len(support)} support texts in {groups.max() + 1} groups, {held.sum()} held out", file=sys.stderr)

    texts, y, weight, part, fold = [], [], [], [], []

    def add(text, label, w, p, f=-1):
        texts.append(text), y.append(number[label]), weight.append(w), part.append(p), fold.append(f)

    for (intent, text, _), h, g in zip(support, held, groups):
        add(text, intent, 1, "test" if h else "support", g % 5)
        if not h and rng.random() < 0.25:
            add(list(variants(text, rng))[rng.randrange(1, 5)], intent, 1, "support", g % 5)
    for at, (intent, text) in enumerate(mine):
        for i, variant in enumerate([*variants(text, rng), *slips(text, rng)]):
            add(variant, intent, 4, "mine" if i == 0 else "mine+", at % 5)
    for at, (intent, text) in enumerate(small):
        add(text, intent, 1, "small", at % 5)
    for at, text in enumerate(negatives):
        add(text, "out_of_scope", OUTSIDE, "outside", at % 5)
    for intent, text in judged:
        add(text, intent, 1, "judged")
    slipping = common.seeded(1)
    for intent, text in judged:
        add(common.typo(common.typo(text, slipping), slipping), intent, 1, "slips")
    with open(os.path.join(common.DATA, "clinc150/train_val.json"), encoding="utf8") as file:
        clinc = json.load(file)
    for text, _ in clinc["oos_val"]:
        add(text, "out_of_scope", 1, "oos")
    for text, intent in clinc["val"][::5]:
        if intent not in AMBIGUOUS and intent not in SMALL_TALK:
            add(text, "out_of_scope", 1, "oos-domains")

    y, weight, part, fold = np.array(y), np.array(weight), np.array(part), np.array(fold)
    x = common.features(texts)
    training = np.isin(part, ["support", "mine", "mine+", "small", "outside"])

    # Honest confidence: what the model says of our own sentences and of templates that it has not seen.
    first = training & (fold != 0)
    unseen = training & (fold == 0) & (part != "mine+")
    trial = common.train(x[first], y[first], labels, weight[first], *PENALTIES)
    temperature = common.calibrate(trial, x[unseen], y[unseen], np.where(part[unseen] == "mine", 20, 1))
    model = common.train(x[training], y[training], labels, weight[training], *PENALTIES)
    model.temperature = temperature
    model.save("intents", held_out="intents/held-out.txt")
    np.savetxt(os.path.join(common.ROOT, "models/intents/held-out.txt"), np.flatnonzero(held), fmt="%d")
    report(model, x, y, part, labels, texts)
    rows = np.flatnonzero(training)
    many([texts[i] for i in rows], list(y[rows]), list(weight[rows]), labels, rng)


def many(texts, marks, weight, labels, rng):
    """Adds the other languages to the English texts and trains on n-grams alone."""
    for language in LANGUAGES:
        for intent, text in common.own("intents-" + language):
            for variant in (text, common.typo(text, rng), text + " " + text):
                texts.append(variant), marks.append(labels.index(intent)), weight.append(6)
        with open(os.path.join(common.DATA, f"ntrex/newstest2019.{NEWS[language]}.txt"), encoding="utf8") as file:
            for line in rng.sample(file.read().splitlines(), 40):
                texts.append(line[:80]), marks.append(labels.index("out_of_scope")), weight.append(0.25)
    with open(os.path.join(common.ROOT, "models/data/intents-others-eval.tsv"), encoding="utf8") as lines:
        judged = [line.rstrip("\n").split("\t") for line in lines]
    x = common.features(texts, vectors=False).without_dense()
    test = common.features([text for _, _, text in judged], vectors=False).without_dense()
    truth, codes = np.array([labels.index(intent) for _, intent, _ in judged]), np.array([language for language, _, _ in judged])
    model = common.train(x, np.array(marks), labels, weight, 1e-6, MANY_PENALTY, 150)
    model.temperature = common.calibrate(model, test, truth)
    model.save("intents-many")
    said = model.probabilities(test).argmax(1)
    print(f"intents-many temperature {model.temperature:.2f}: {np.mean(said == truth):.3f} " + " ".join(f"{c} {np.mean((said == truth)[codes == c]):.2f}" for c in LANGUAGES))


MANY_PENALTY = 2e-6
NEWS = dict(ar="arb", cs="ces", da="dan", de="deu", el="ell", es="spa", fi="fin", fr="fra", he="heb", hi="hin", it="ita", ja="jpn", ko="kor", nl="nld", no="nob",
            pl="pol", pt="por", ru="rus", sv="swe", tr="tur", uk="ukr", zh="zho-CN")


def report(model, x, y, part, labels, texts):
    outside = labels.index("out_of_scope")
    support = [i for i, label in enumerate(labels) if label not in ("greeting", "thanks", "goodbye", "out_of_scope")]
    print(f"temperature {model.temperature:.3f}")
    p = model.probabilities(x[np.flatnonzero(part == "test")])
    truth = y[part == "test"]
    print(f"held-out templates: {np.mean(np.array(support)[p[:, support].argmax(1)] == truth):.4f} among 27, {np.mean(p.argmax(1) == truth):.4f} among all, said out of scope {np.mean(p[:, outside] > 0.5):.4f}")
    rows = np.flatnonzero(part == "judged")
    p = model.probabilities(x[rows])
    print(f"own sentences: {np.mean(p.argmax(1) == y[rows]):.4f}")
    for row, q in zip(rows, p):
        if q.argmax() != y[row]:
            print(f"   {texts[row]!r}: {labels[y[row]]} -> {labels[q.argmax()]} {q.max():.2f}")
    p = model.probabilities(x[np.flatnonzero(part == "slips")])
    print(f"own sentences with two slips: {np.mean(p.argmax(1) == y[part == 'slips']):.4f}")
    for name in ("oos", "oos-domains"):
        p = model.probabilities(x[np.flatnonzero(part == name)])
        print(f"{name}: out of scope {np.mean(p[:, outside] > 0.5):.4f}")


if __name__ == "__main__":
    main()
