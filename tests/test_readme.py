"""Every example of the README runs, and its excerpts are real."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def block(marker: str) -> str:
    """The code block between two markers."""
    found = re.search(rf"<!-- {marker} -->\n```\w*\n(.*?)```\n<!-- /{marker} -->", README, re.DOTALL)
    assert found
    return found[1]


def test_library_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(code, "README.md", "exec"), {})
    out = capsys.readouterr().out
    assert "156/KH-UBND 2026-03-05" in out
    assert "57-NQ/TW 2024-12-22" in out
    assert "2026-06-29 ('year_from_document',)" in out


def test_input_excerpt_is_in_the_sample() -> None:
    sample = " ".join((ROOT / "samples/so-noi-vu-cai-cach-hanh-chinh.txt").read_text("utf-8").split())
    for line in block("input").strip().splitlines():
        assert " ".join(line.split()) in sample


def test_output_excerpt_is_what_is_printed() -> None:
    result = CliRunner().invoke(main, ["extract", str(ROOT / "samples/so-noi-vu-cai-cach-hanh-chinh.txt")])
    tasks = json.loads(result.stdout)["tasks"]
    shown = json.loads(block("output"))
    assert any(all(task[k] == v for k, v in shown.items()) for task in tasks)


def test_every_command_is_documented() -> None:
    for name in COMMANDS:
        assert f"`kehoach {name}" in README


def test_exit_codes_are_documented() -> None:
    codes = set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE))
    help_codes = set(re.findall(r"^ +(\d+) +\S", CliRunner().invoke(main, ["--help"]).stdout, re.MULTILINE))
    assert codes == help_codes == {*(str(n) for n in range(13)), "130"}
