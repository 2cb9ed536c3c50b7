"""`kehoach show`: a page as a picture with boxes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from extractor.cli import main
from extractor.show import LAYERS

SAMPLES = Path(__file__).parents[1] / "samples"
PDF = SAMPLES / "so-cong-thuong-thuong-mai-dien-tu.pdf"


def colours_of(path: Path) -> set[tuple[int, ...]]:
    with Image.open(path) as picture:
        found = picture.convert("RGB").getcolors(maxcolors=1 << 24)
    return {c for _, c in found or [] if isinstance(c, tuple)}


def test_a_page_with_boxes_of_every_kind(tmp_path: Path) -> None:
    """The page with the table shows cells, tasks and deadlines in their colours."""
    target = tmp_path / "page.png"
    result = CliRunner().invoke(main, ["show", str(PDF), "--page", "4", "-o", str(target)])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() == str(target)
    assert {colour for _, _, colour in LAYERS} <= colours_of(target)


@pytest.mark.parametrize(("file", "page"), [(PDF, 99), (SAMPLES / "tinh-phu-tho-phong-chong-thien-tai.docx", 1)])
def test_no_such_page(file: Path, page: int, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["show", str(file), "--page", str(page), "-o", str(tmp_path / "x.png")])
    assert result.exit_code == 5
    assert file.name in result.stderr
    assert not list(tmp_path.iterdir())
