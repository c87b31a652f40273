"""What the training scripts share: features as the product computes them, a softmax regression, the weight file."""
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

import numpy as np
from scipy.optimize import fmin_l_bfgs_b
from scipy.sparse import csr_matrix

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
DATA = os.environ.get("DATA", os.path.normpath(os.path.join(ROOT, "../shared/data")))
EVALS = os.environ.get("EVALS", os.path.join(ROOT, "tests/Evals/bin/Release/net10.0/Evals.dll"))
BUCKETS = 1 << 16


def own(name):
    """Our own labelled sentences: (label, text) of models/data/<name>.tsv."""
    with open(os.path.join(ROOT, "models/data", name + ".tsv"), encoding="utf8") as lines:
        return [tuple(line.rstrip("\n").split("\t")) for line in lines if line.strip()]


class Features:
    """Sentence vectors, lexicon numbers and n-grams of texts, computed by the product's own code (`Evals features`)."""

    def __init__(self, dense, grams):
        self.dense, self.grams = dense, grams

    def __getitem__(self, rows):
        return Features(self.dense[rows], self.grams[rows])

    def without_dense(self):
        return Features(np.zeros((len(self), 0), np.float32), self.grams)

    def __len__(self):
        return self.dense.shape[0]


def features(texts, extra=0, vectors=True):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "texts"), os.path.join(folder, "features")
        with open(source, "w", encoding="utf8", newline="\n") as out:
            out.writelines(re.sub(r"[\r\n\x85\u2028\u2029]+", " ", text) + "\n" for text in texts)
        subprocess.run(["dotnet", EVALS, "features", source, target, *([] if vectors else ["--no-vectors"])], check=True)
        with open(target, "rb") as file:
            return parse(file.read(), extra)


def parse(data, extra):
    (count,) = struct.unpack_from("<i", data)
    at = 4
    dense = np.empty((count, 384 + extra), np.float32)
    pointers, indices, values = [0], [], []
    for row in range(count):
        (n,) = struct.unpack_from("<i", data, at)
        dense[row] = np.frombuffer(data, "<f4", n, at + 4)[: dense.shape[1]]
        at += 4 + 4 * n
        for _ in range(2):
            (n,) = struct.unpack_from("<i", data, at)
            buckets = np.frombuffer(data, "<u2", n, at + 4)
            at += 4 + 2 * n
            indices.append(buckets.astype(np.int32))
            values.append(np.full(n, 1 / np.sqrt(max(n, 1)), np.float32))
        pointers.append(pointers[-1] + len(indices[-1]) + len(indices[-2]))
    grams = csr_matrix((np.concatenate(values), np.concatenate(indices), pointers), (count, BUCKETS))
    grams.sum_duplicates()
    return Features(dense, grams)


def softmax(logits):
    logits = logits - logits.max(axis=1, keepdims=True)
    e = np.exp(logits)
    return e / e.sum(axis=1, keepdims=True)


class Model:
    """A softmax regression; the penalties are per block, because a sentence vector and a bag of pieces differ in scale."""

    def __init__(self, labels, dense, grams, bias, temperature=1.0):
        self.labels, self.dense, self.grams, self.bias, self.temperature = labels, dense, grams, bias, temperature

    def logits(self, x):
        return (x.dense @ self.dense + x.grams @ self.grams + self.bias).astype(np.float32)

    def probabilities(self, x):
        return softmax(self.logits(x) / self.temperature)

    def save(self, folder, file="model.safetensors", **metadata):
        os.makedirs(os.path.join(ROOT, "models", folder), exist_ok=True)
        tensors = {"dense": self.dense, "ngrams": self.grams, "bias": self.bias}
        meta = {"labels": " ".join(self.labels), "temperature": f"{self.temperature:.4f}", **{k: str(v) for k, v in metadata.items()}}
        write_safetensors(os.path.join(ROOT, "models", folder, file), tensors, meta)


def write_safetensors(path, tensors, metadata):
    header, blobs, offset = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        blob = np.ascontiguousarray(tensor, np.float16).tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def train(x, y, labels, weight, dense_penalty=1e-5, gram_penalty=1e-5, iterations=120):
    """y: label numbers, or rows of target probabilities."""
    n, k, d = len(x), len(labels), x.dense.shape[1]
    target = np.zeros((n, k), np.float32)
    if np.ndim(y) == 1:
        target[np.arange(n), y] = 1
    else:
        target[:] = y
    weight = (np.asarray(weight, np.float32) / np.sum(weight))[:, None]
    used = np.unique(x.grams.indices)
    grams = x.grams[:, used]
    transposed = grams.T.tocsr()

    def unpack(theta):
        theta = theta.astype(np.float32)
        return theta[: d * k].reshape(d, k), theta[d * k : -k].reshape(-1, k), theta[-k:]

    def loss(theta):
        w, g, b = unpack(theta)
        logits = x.dense @ w + grams @ g + b
        logits -= logits.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        log_p = logits - log_sum
        value = -(weight * target * log_p).sum() + dense_penalty * (w * w).sum() + gram_penalty * (g * g).sum()
        delta = weight * (np.exp(log_p) - target)
        gradient = np.concatenate([(x.dense.T @ delta + 2 * dense_penalty * w).ravel(), (transposed @ delta + 2 * gram_penalty * g).ravel(), delta.sum(axis=0)])
        return float(value), gradient.astype(np.float64)

    theta, value, info = fmin_l_bfgs_b(loss, np.zeros((d + len(used) + 1) * k), maxiter=iterations, factr=1e8, m=8)
    print(f"  trained on {n} texts, {k} labels: loss {value:.4f} after {info['nit']} steps", file=sys.stderr)
    w, g, b = unpack(theta)
    full = np.zeros((BUCKETS, k), np.float32)
    full[used] = g
    return Model(labels, w, full, b)


def calibrate(model, x, y, weight=None):
    """The temperature that makes the probabilities on texts not trained on most likely."""
    logits = model.logits(x)
    weight = np.ones(len(y)) if weight is None else np.asarray(weight)
    grid = np.exp(np.linspace(np.log(0.2), np.log(5), 200))
    losses = [-(weight * np.log(softmax(logits / t)[np.arange(len(y)), y] + 1e-12)).sum() for t in grid]
    return float(grid[int(np.argmin(losses))])


def typo(text, rng):
    """One slip of the fingers: two letters swapped, one lost, doubled or replaced by a neighbour."""
    if len(text) < 5:
        return text
    at = rng.randrange(1, len(text) - 2)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + text[at + 1 :]


def seeded(seed=7):
    return random.Random(seed)
