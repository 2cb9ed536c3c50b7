"""What the product stands on: licences and pins, by the packages that are installed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "dependencies.py"


@pytest.fixture(scope="module")
def dependencies() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dependencies", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_licences_and_pins_are_right(dependencies: ModuleType) -> None:
    """No AGPL, a licence for each; each package that is needed is pinned as installed, and no pin is idle."""
    assert dependencies.faults() == []


def test_the_walk_reaches_what_is_needed_through_others(dependencies: ModuleType) -> None:
    found = dependencies.needed(dependencies.requirements())
    assert {"spacy", "thinc", "numpy", "pdfminer-six", "cffi"} <= found.keys()
    assert "pytest" not in found
    assert "pytest" in dependencies.needed(dependencies.requirements(["dev"]))


@pytest.mark.parametrize(
    ("licence", "is_agpl"),
    [
        ("GNU Affero General Public License v3", True),
        ("AGPL-3.0-only", True),
        ("MIT OR agpl-3.0", True),
        ("GNU Lesser General Public License v2", False),
        ("Apache-2.0", False),
    ],
)
def test_agpl_is_told(dependencies: ModuleType, licence: str, is_agpl: bool) -> None:
    assert dependencies.is_agpl(licence) is is_agpl


def test_faults_are_told(dependencies: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned = dependencies.pins()
    wrong = {**pinned, "click": "0.1", "left-pad": "1.0"}
    del wrong["msgspec"]
    monkeypatch.setattr(dependencies, "pins", lambda: wrong)
    told = dependencies.faults()
    assert any(t.startswith("click: ") and "0.1 is pinned" in t for t in told)
    assert "left-pad: pinned, and nothing needs it" in told
    assert "msgspec: needed, and not pinned" in told
