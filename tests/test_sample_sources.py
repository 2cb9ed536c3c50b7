"""The sample plans are what their sources say, and building them again changes no byte."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"


def _build(monkeypatch: pytest.MonkeyPatch, target: Path) -> list[Path]:
    if shutil.which("fc-match") is None:
        pytest.skip("the PDF samples want fontconfig to find their fonts")
    monkeypatch.syspath_prepend(str(SAMPLES))
    target.mkdir()
    written: list[Path] = importlib.import_module("build").build(target)
    return written


def test_building_twice_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No clock and no random id is in a sample."""
    first, second = _build(monkeypatch, tmp_path / "a"), _build(monkeypatch, tmp_path / "b")
    assert [p.name for p in first] == [p.name for p in second]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_the_samples_are_built_from_their_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every source has its file, and a text sample is the source's text to the letter."""
    for built in _build(monkeypatch, tmp_path / "a"):
        kept = SAMPLES / built.name
        assert kept.exists(), f"run samples/build.py: {built.name} is missing"
        if built.suffix == ".txt":
            assert kept.read_bytes() == built.read_bytes()
