"""The citation graph: who cites what, what is one document and what is two, and what is written."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor import Document, extract_text
from extractor.cli import main
from extractor.errors import EXIT_UNREADABLE
from extractor.register.graph import Graph, build_graph
from extractor.register.graphml import to_graphml
from extractor.register.picture import RELATIONS, to_html

NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


def plan(number: int, place: str, *citations: str) -> str:
    bases = "\n\n".join(f"Căn cứ {c};" for c in citations)
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH {place.upper()}\n\nSố: {number}/KH-UBND\n\n{place}, ngày 15 tháng 3 năm 2026\n\n"
        f"KẾ HOẠCH\n\nRà soát văn bản số {number}\n\n{bases}\n\nI. NHIỆM VỤ\n\n"
        "1. Sở Tư pháp rà soát văn bản trước ngày 30/12/2026.\n\nCHỦ TỊCH\n\nNguyễn Văn A\n"
    )


def graph_of(*plans: str) -> Graph:
    return build_graph(extract_text(text, name=f"{i}.txt") for i, text in enumerate(plans))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


DECREE = "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ"

# Two citations by plans of two places, and whether they are one document.
ONE_OR_TWO: tuple[tuple[str, str, int], ...] = (
    (DECREE, "Nghị định số 30/2020/NĐ-CP", 1),
    (DECREE, "Nghị định số 30/2020/NĐ-CP ngày 06/3/2020 của Chính phủ", 1),
    ("Quyết định số 844/QĐ-TTg ngày 05/5/2025", "Quyết định số 844/QĐ-TTg ngày 06/5/2025", 1),
    ("Quyết định số 844/QĐ-TTg ngày 05/5/2025", "Quyết định số 844/QĐ-TTg ngày 05/5/2023", 2),
    ("Quyết định số 5/QĐ-UBND ngày 05/5/2025 của UBND tỉnh", "Quyết định số 5/QĐ-UBND ngày 05/5/2025 của UBND tỉnh", 2),
    (
        "Quyết định số 5/QĐ-UBND ngày 05/5/2025 của UBND tỉnh Hà Nam",
        "Quyết định số 5/QĐ-UBND ngày 05/5/2025 của UBND tỉnh Hà Nam",
        1,
    ),
    ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "Nghị quyết số 57-NQ/TW", 1),
    ("Luật Đất đai năm 2024", "Luật Đất đai năm 2013", 2),
    ("Luật Đất đai năm 2024", "Luật Đất đai năm 2024", 1),
)


@pytest.mark.parametrize(("first", "second", "documents"), ONE_OR_TWO)
def test_one_document_or_two(first: str, second: str, documents: int) -> None:
    """A number alone makes no identity: year and issuer belong to it."""
    graph = graph_of(plan(1, "Nam Định", first), plan(2, "Nghệ An", second))
    assert sum(n.file is None for n in graph.nodes) == documents


def test_a_plan_that_another_cites_is_one_node() -> None:
    graph = graph_of(
        plan(1, "Hà Nam", DECREE),
        plan(2, "Hà Nam", "Kế hoạch số 1/KH-UBND ngày 15/3/2026 của UBND tỉnh Hà Nam", DECREE),
    )
    assert [n.identifier for n in graph.nodes if n.file] == ["1/KH-UBND", "2/KH-UBND"]
    assert len(graph.nodes) == 3
    own = next(n for n in graph.nodes if n.identifier == "1/KH-UBND")
    assert [(e.relation, e.count) for e in graph.edges if e.target == own.id] == [("basis", 1)]


def test_what_everybody_cites_and_what_has_two_dates() -> None:
    graph = graph_of(
        plan(1, "Hà Nam", DECREE, "Luật Đất đai năm 2024"),
        plan(2, "Nghệ An", "Nghị định số 30/2020/NĐ-CP ngày 06/3/2020 của Chính phủ"),
    )
    by_id = {n.id: n for n in graph.nodes}
    assert [by_id[i].identifier for i in graph.most_cited] == ["30/2020/NĐ-CP"]
    assert by_id[graph.most_cited[0]].cited_by == 2
    assert [by_id[i].identifier for i in graph.two_dates] == ["30/2020/NĐ-CP"]


def hostile() -> Graph:
    document: Document = extract_text(plan(1, "Hà Nam", DECREE), name='"><script>alert(1)</script>&.txt')
    return build_graph([document])


def test_graphml_is_well_formed_and_whole() -> None:
    graph = hostile()
    root = ET.fromstring(to_graphml(graph))
    assert len(root.findall(".//g:node", NS)) == len(graph.nodes) == 2
    (edge,) = root.findall(".//g:edge", NS)
    assert [d.text for d in edge] == ["basis", "1"]
    keys = {k.get("id") for k in root.findall("g:key", NS)}
    assert keys >= {d.get("key") for d in root.findall(".//g:data", NS)}


def test_picture_is_escaped_and_loads_nothing() -> None:
    page = to_html(hostile())
    assert "<script" not in page
    assert "src=" not in page
    assert "href=" not in page
    assert page.count("<path ") == 1


def test_every_relation_has_a_name() -> None:
    from typing import get_args

    from extractor.document import Relation

    assert set(RELATIONS) == set(get_args(Relation))


def test_command_writes_three_files_and_tells_the_most_cited(tmp_path: Path) -> None:
    folder, out = tmp_path / "plans", tmp_path / "out"
    folder.mkdir()
    for i, place in enumerate(("Hà Nam", "Nghệ An"), start=1):
        (folder / f"{i}.txt").write_text(plan(i, place, DECREE), encoding="utf-8")
    document = extract_text((folder / "1.txt").read_text("utf-8"))
    (folder / "1.json").write_text(document.to_json(), encoding="utf-8")
    (folder / "other.json").write_text('{"something": "else"}', encoding="utf-8")
    result = run("graph", str(folder), "-o", str(out))
    assert result.exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == ["vien-dan.graphml", "vien-dan.html", "vien-dan.json"]
    assert "2 lần  Nghị định 30/2020/NĐ-CP" in result.stdout
    data = json.loads((out / "vien-dan.json").read_text("utf-8"))
    assert len([n for n in data["nodes"] if n["file"]]) == 2
    only = tmp_path / "only"
    assert run("graph", str(folder), "-o", str(only), "--format", "json").exit_code == 0
    assert [p.name for p in only.iterdir()] == ["vien-dan.json"]


def test_command_on_a_folder_without_documents(tmp_path: Path) -> None:
    assert run("graph", str(tmp_path)).exit_code == EXIT_UNREADABLE
