"""The weights of the reader of digits are those of its training script, and its samples are what they say."""

from __future__ import annotations

import random
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from drawn import needs_fonts

from extractor.read.written import digits

FOLDER = Path(__file__).parents[1] / "models/digits"
FONTS = Path("/usr/share/fonts/truetype/liberation2")


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(FOLDER))
    import digit_samples

    return digit_samples


def test_the_weights_have_the_layers_of_the_training_script(samples: ModuleType) -> None:
    spec = spec_from_file_location("train_digits", FOLDER / "train.py")
    assert spec
    assert spec.loader
    train = module_from_spec(spec)
    spec.loader.exec_module(train)
    sizes = [weights.shape for weights, _ in digits._layers()]
    assert [size[1] for size in sizes] == [*train.HIDDEN, digits.CLASSES]
    ink = np.ones((8, 6), dtype=np.float32)
    assert digits.features(digits.normalised(ink)[None], [ink.shape]).shape == (1, sizes[0][0])


@needs_fonts
def test_samples_are_ink_of_every_class_and_the_held_out_fonts_are_apart(samples: ModuleType) -> None:
    pictures = np.zeros((10, 28, 28), dtype=np.uint8)
    pictures[:, 5:23, 10:18] = 255
    faces = samples.fonts([FONTS], "train")
    drawn = list(samples.examples(pictures, np.arange(10), faces, 400, random.Random(1)))
    assert set(Counter(c for _, c in drawn)) == set(range(digits.CLASSES))
    assert all(ink.max() <= 1.0 and ink.any() for ink, _ in drawn)
    assert not set(faces) & {*samples.fonts([FONTS], "tuning"), *samples.fonts([FONTS], "test")}
