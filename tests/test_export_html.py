"""The HTML report: nothing of the document becomes markup, and in a browser it does what it is for."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
import shutil
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hostile.plan import hostile, plan
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from extractor import Document, extract
from extractor.document import Span
from extractor.export import EXPORTERS, Settings, page_images
from extractor.export.marked_text import Item, marked_lines
from extractor.export.timeline import LEFT, RIGHT, timeline

SAMPLES = Path(__file__).parents[1] / "samples"
PDF = SAMPLES / "so-cong-thuong-thuong-mai-dien-tu.pdf"


@cache
def sample() -> Document:
    return extract(PDF)


def report(document: Document, *, images: bool = True) -> str:
    out = io.BytesIO()
    EXPORTERS["html"].write([document], out, Settings(images=images))
    return out.getvalue().decode("utf-8")


class Page(HTMLParser):
    """The tags, attributes and identifiers of a page, and the text of its body."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_one_file_that_needs_no_network() -> None:
    page = Page(report(sample()))
    for tag, attributes in page.tags:
        assert tag not in ("link", "iframe", "object", "embed", "base")
        for name in ("src", "href"):
            address = attributes.get(name)
            assert address is None or address.startswith(("#", "data:image/jpeg;base64,")), (tag, address)
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    policy = next(
        a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe-inline" not in policy


def test_every_link_has_its_place_and_every_id_is_one() -> None:
    page = Page(report(sample()))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    keys = {k for _, a in page.tags if "data-k" in a for k in (a["data-k"] or "").split()}
    assert {a["data-go"] for _, a in page.tags if "data-go" in a} <= keys


def test_hostile_text_is_text() -> None:
    """Script, attribute break-outs, templates and right-to-left marks come out as what they are: characters."""
    source = report(hostile())
    page = Page(source)
    assert not [a for t, a in page.tags if t == "img"]
    assert not [name for _, a in page.tags for name in a if name.startswith("on")]
    assert "<script>window" not in source
    assert "{{ 7*7 }}" in "".join(page.text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", source)


def test_boxes_lie_on_pages_that_carry_items() -> None:
    page = Page(report(sample()))
    boxes = [a for t, a in page.tags if t == "rect"]
    pages = [a for t, a in page.tags if t == "figure"]
    wanted = {b.page for t in sample().tasks for b in t.span.boxes}
    assert {int((p["id"] or "").removeprefix("page-")) for p in pages} >= wanted
    assert {b["class"] for b in boxes} >= {"task", "cite", "due"}


def test_no_images_on_request_nor_of_a_file_that_changed(tmp_path: Path) -> None:
    assert "<image" not in report(sample(), images=False)
    other = tmp_path / "other.pdf"
    other.write_bytes(PDF.read_bytes() + b"\n")
    changed = replace(sample(), source=replace(sample().source, file=str(other)))
    assert "<image" not in report(changed)


def test_images_keep_within_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "MOST_BYTES", 60_000)
    source = report(sample())
    sizes = [len(base64.b64decode(d)) for d in re.findall(r"data:image/jpeg;base64,([^\"]+)", source)]
    assert sum(sizes) <= 60_000
    assert "Một số trang không có ảnh" in source


def test_without_the_text_the_tables_stay() -> None:
    source = report(replace(plan(), text=None))
    assert "Toàn văn không được giữ lại" in source
    assert "Phòng Tổ chức, biên chế" in source


@given(
    st.text(alphabet="ab \n\t", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8),
)
def test_the_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """However the items overlap, no character is lost, and each is marked by exactly the items that cover it."""
    placed = [Item(f"k{n}", "task", Span(min(s), min(max(s), len(text)))) for n, s in enumerate(spans)]
    lines = list(marked_lines(text, placed))
    back = "\n".join("\t".join("".join(p.text for p in cell) for cell in line.cells) for line in lines)
    assert back.rstrip("\n") == text.rstrip("\n")
    marked = dict.fromkeys((i.key for i in placed), "")
    for line in lines:
        for cell in line.cells:
            for piece in cell:
                for key in piece.keys.split():
                    marked[key] += piece.text
    for item in placed:
        expected = text[item.span.start : item.span.end].replace("\n", "").replace("\t", "")
        assert marked[item.key] == expected


def test_timeline_places() -> None:
    drawn = timeline(plan())
    assert drawn is not None
    assert drawn.first.isoformat() == "2026-01-01"
    assert all(LEFT <= m.x <= RIGHT for m in drawn.marks)
    assert drawn.lanes[0].name == "Văn phòng Sở"
    assert timeline(replace(plan(), tasks=())) is None


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no chromium with its driver (apt-get install chromium chromium-driver)")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run", "--window-size=1500,1000",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(flag)
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    window = webdriver.Chrome(options=options, service=Service(driver))
    yield window
    window.quit()


def opened(browser: Any, document: Document, folder: Path) -> Any:
    file = folder / "bao-cao.html"
    file.write_text(report(document), encoding="utf-8")
    browser.get(file.as_uri())
    return browser


def find(browser: Any, selector: str) -> list[Any]:
    return list(browser.find_elements("css selector", selector))


def in_view(browser: Any, pane: str, selector: str) -> bool:
    return bool(
        browser.execute_script(
            "const p = document.querySelector(arguments[0]).getBoundingClientRect(),"
            " e = document.querySelector(arguments[1]).getBoundingClientRect();"
            " return e.top >= p.top - 1 && e.bottom <= p.bottom + 1;",
            pane, selector,
        )
    )  # fmt: skip


def test_a_click_on_a_field_goes_to_its_place_and_its_page(browser: Any, tmp_path: Path) -> None:
    opened(browser, sample(), tmp_path)
    n = next(t.ordinal for t in sample().tasks if t.deadlines and (t.span.page or 0) >= 4)
    key = f"d{n}-1"
    link = find(browser, f'td a[data-go="{key}"]')[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", link)
    assert find(browser, f'.m.on[data-k~="{key}"]')
    assert find(browser, f'rect.on[data-k~="{key}"]')
    assert in_view(browser, "#text .scroll", f'.m[data-k~="{key}"]')
    assert in_view(browser, "#pages .scroll", f'rect[data-k~="{key}"]')


def test_tasks_sort_and_filter(browser: Any, tmp_path: Path) -> None:
    from selenium.webdriver.support.select import Select

    opened(browser, sample(), tmp_path)
    heads = find(browser, "#tasks th button")
    browser.execute_script("arguments[0].click()", heads[4])
    days = [e.text for e in find(browser, "#tasks .day")]
    isos = ["-".join(reversed(d[:10].split("/"))) for d in days]
    assert isos == sorted(isos)
    Select(find(browser, "#lead")[0]).select_by_visible_text("Văn phòng Sở")
    shown = [e for e in find(browser, "#tasks tbody tr") if e.is_displayed()]
    assert len(shown) == sum(any(a.name == "Văn phòng Sở" for a in t.lead) for t in sample().tasks)
    Select(find(browser, "#month")[0]).select_by_value("2026-06")
    shown = [e for e in find(browser, "#tasks tbody tr") if e.is_displayed()]
    assert shown
    assert all("06/2026" in e.text for e in shown)
    assert find(browser, "#count")[0].text == f"Hiện {len(shown)}/{len(sample().tasks)} nhiệm vụ"


def test_hovering_shows_details(browser: Any, tmp_path: Path) -> None:
    from selenium.webdriver import ActionChains

    opened(browser, sample(), tmp_path)
    mark = find(browser, ".m.cite")[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", mark)
    ActionChains(browser).move_to_element(mark).perform()
    tip = find(browser, "#tip")[0]
    assert tip.is_displayed()
    assert "Ngày ban hành" in tip.text


def test_a_hostile_document_runs_nothing(browser: Any, tmp_path: Path) -> None:
    opened(browser, hostile(), tmp_path)
    assert browser.execute_script("return window.hurt") is None
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert find(browser, "#count")[0].text == f"Hiện {len(hostile().tasks)}/{len(hostile().tasks)} nhiệm vụ"


def test_the_label_of_a_year_has_room() -> None:
    """Two narrow months wide, it would stand on the label of the month behind it."""
    drawn = timeline(replace(plan(), header=replace(plan().header, issued_on=dt.date(2025, 3, 1))))
    assert drawn is not None
    labels = [(t.x, t.label) for t in drawn.ticks if t.label]
    years = [(x, after) for (x, label), (after, _) in pairwise(labels) if "/" in label]
    assert len(years) > 1
    assert all(after - x >= 60 for x, after in years)
