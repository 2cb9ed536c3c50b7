"""The audit: for each kind of difference what is reported, and that untouched citations are left alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import msgspec
import openpyxl
import pytest
from click.testing import CliRunner, Result

from extractor import Document, extract_text, rules
from extractor.cli import main
from extractor.errors import EXIT_DIFFERENCES, EXIT_PARTLY_FAILED, EXIT_UNREADABLE, EXIT_USAGE
from extractor.register.audit import Audit, Auditor, Checked, statuses
from extractor.register.compare import title_likeness
from extractor.register.damaged import damaged_references, mended_number
from extractor.register.entry import Entry
from extractor.register.filling import count_coverage, put, put_source
from extractor.register.learning import add_document, learn
from extractor.register.store import open_register
from extractor.schema import json_schema

PROVINCE = "Ủy ban nhân dân tỉnh Hà Nam"
ENTRIES = (
    Entry(identifier="1707/QĐ-UBND", type="Quyết định", issued_on=dt.date(2024, 7, 15), issuer=PROVINCE,
          title="phê duyệt đề án chuyển đổi số ngành nông nghiệp giai đoạn 2024 - 2026", effect="in_force"),
    Entry(identifier="88/KH-UBND", type="Kế hoạch", issued_on=dt.date(2023, 3, 8), issuer=PROVINCE, title="phòng, chống thiên tai năm 2023", effect="in_force"),
    Entry(identifier="88/KH-UBND", type="Kế hoạch", issued_on=dt.date(2024, 3, 8), issuer=PROVINCE, title="phòng, chống thiên tai năm 2024", effect="in_force"),
    Entry(identifier="15/2021/QĐ-UBND", type="Quyết định", issued_on=dt.date(2021, 5, 4), issuer=PROVINCE, title="ban hành quy định quản lý chợ", effect="expired", effect_text="Hết hiệu lực"),
    Entry(identifier="16/2021/QĐ-UBND", type="Quyết định", issued_on=dt.date(2021, 5, 5), issuer=PROVINCE, title="phân cấp quản lý tài sản công", effect="replaced", replaced_by="Quyết định số 3/2025/QĐ-UBND"),
    Entry(identifier="17/2021/QĐ-UBND", type="Quyết định", issued_on=dt.date(2021, 6, 6), issuer=PROVINCE, title="quy định giá đất", effect="expired", expires_on=dt.date(2027, 1, 1)),
    Entry(identifier="18/2021/QĐ-UBND", type="Quyết định", issued_on=dt.date(2021, 7, 7), issuer=PROVINCE, title="quy chế phối hợp trong quản lý nhà nước về đất đai", effect="partly_expired"),
    Entry(identifier="19/2026/QĐ-UBND", type="Quyết định", issued_on=dt.date(2026, 1, 9), issuer=PROVINCE, title="quy định về quản lý cụm công nghiệp", effect="not_yet_in_force", effective_on=dt.date(2026, 9, 1)),
    Entry(identifier="30/2020/NĐ-CP", type="Nghị định", issued_on=dt.date(2020, 3, 5), issuer="Chính phủ", title="về công tác văn thư", effect="in_force"),
    Entry(identifier="72/2025/QH15", type="Luật", issued_on=dt.date(2025, 6, 16), issuer="Quốc hội", title="Luật Tổ chức chính quyền địa phương", effect="in_force"),
    Entry(identifier="77/2015/QH13", type="Luật", issued_on=dt.date(2015, 6, 19), issuer="Quốc hội", title="Luật Tổ chức chính quyền địa phương", effect="expired"),
)  # fmt: skip

# What the plan writes, the status, and a piece of what the clerk is told.
CASES: tuple[tuple[str, str, str], ...] = (
    ("Quyết định số 1707/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam", "matched", ""),
    ("Quyết định số 1707/QĐ-UBND ngày 15 tháng 7 năm 2024 của Chủ tịch UBND tỉnh", "matched", ""),
    ("Quyết định số 1707/QĐ-UBND ngày 15/7/2024 về việc phê duyệt đề án chuyển đổi số ngành nông nghiệp", "matched", ""),
    ("Quyết định số 1707/QĐ-UBND ngày 16/7/2024 của UBND tỉnh Hà Nam", "date_differs", "sổ ghi “15/07/2024”"),
    ("Quyết định số 1707/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Nam Định", "issuer_differs", "sổ ghi “Ủy ban nhân dân tỉnh Hà Nam”"),
    ("Kế hoạch số 1707/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam", "type_differs", "sổ ghi “Quyết định”"),
    ("Kế hoạch số 1707/KH-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam", "type_differs", "sổ ghi “1707/QĐ-UBND”"),
    ("Quyết định số 1707/QĐ-UBND ngày 15/7/2024 về việc thu hồi đất để xây dựng trường tiểu học xã Thanh Hà", "title_differs", "trích yếu"),
    ("Quyết định số 1770/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam", "number_near_miss", "sổ ghi “1707/QĐ-UBND”"),
    ("Quyết định số 1707/QD-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam", "number_near_miss", "sổ ghi “1707/QĐ-UBND”"),
    ("Quyết định số l7O7/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam", "number_near_miss", "số: văn bản"),
    ("Kế hoạch số B8/KH-UBND ngày 08/3/2024 của UBND tỉnh Hà Nam", "number_near_miss", "sổ ghi “88/KH-UBND”"),
    ("Kế hoạch số 88/KH-UBND của UBND tỉnh Hà Nam", "ambiguous", "2 văn bản"),
    ("Kế hoạch số 88/KH-UBND ngày 08/3/2024 của UBND tỉnh Hà Nam", "matched", ""),
    ("Quyết định số 15/2021/QĐ-UBND ngày 04/5/2021 của UBND tỉnh Hà Nam", "expired", "hết hiệu lực"),
    ("Quyết định số 16/2021/QĐ-UBND ngày 05/5/2021 của UBND tỉnh Hà Nam", "replaced", "bởi Quyết định số 3/2025/QĐ-UBND"),
    ("Quyết định số 17/2021/QĐ-UBND ngày 06/6/2021 của UBND tỉnh Hà Nam", "matched", ""),  # in force when cited
    ("Quyết định số 18/2021/QĐ-UBND ngày 07/7/2021 của UBND tỉnh Hà Nam", "partly_expired", "một phần"),
    ("Quyết định số 19/2026/QĐ-UBND ngày 09/01/2026 của UBND tỉnh Hà Nam", "not_yet_in_force", "01/09/2026"),
    ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "matched", ""),
    ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Thủ tướng Chính phủ", "issuer_differs", "cơ quan"),
    ("Nghị định số 30/2020/NĐ-CP của Chính phủ", "matched", ""),
    ("Nghị định số 33/2020/NĐ-CP ngày 06/4/2020 của Chính phủ", "not_found", "1 văn bản của Chính phủ (năm 2020)"),
    ("Thông tư số 1/2020/TT-BYT ngày 06/4/2020 của Bộ Y tế", "not_found", "chưa kết luận được gì"),
    # Another province's decision of another day under a number that the register has for Hà Nam is another document.
    ("Quyết định số 1707/QĐ-UBND ngày 03/9/2024 của UBND tỉnh Quảng Ngãi", "not_found", "chỉ có của Ủy ban nhân dân tỉnh Hà Nam"),
    # Numbers restart every year.
    ("Quyết định số 1707/QĐ-UBND ngày 15/7/2019 của UBND tỉnh Hà Nam", "not_found", "năm 2019 không có"),
    ("Luật Tổ chức chính quyền địa phương năm 2025", "matched", ""),
    ("Luật Tổ chức chính quyền địa phương ngày 19/6/2015", "expired", "hết hiệu lực"),
    ("Luật Tổ chức chính quyền địa phương", "ambiguous", "2 văn bản"),
    ("Luật Thanh niên năm 2020", "not_found", "gọi theo tên"),
)  # fmt: skip


def plan(*citations: str) -> str:
    bases = "\n\n".join(f"Căn cứ {c};" for c in citations)
    return (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\n\nSố: 9/KH-UBND\n\nHà Nam, ngày 15 tháng 3 năm 2026\n\nKẾ HOẠCH\n\n"
        f"Rà soát văn bản năm 2026\n\n{bases}\n\nI. NHIỆM VỤ\n\n1. Sở Tư pháp rà soát văn bản trước ngày 30/12/2026.\n\n"
        "CHỦ TỊCH\n\nNguyễn Văn A\n"
    )


def fill(location: str, entries: tuple[Entry, ...] = ENTRIES) -> None:
    with open_register(location, create=True) as register, register.transaction() as connection:
        put(connection, entries, put_source(connection, "thử", "register", None, len(entries)))
        count_coverage(connection)


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("register") / "r.sqlite")
    fill(path)
    return path


@pytest.fixture(scope="module")
def auditor(location: str) -> Iterator[Auditor]:
    with open_register(location) as register:
        yield Auditor(register)


def audit_one(auditor: Auditor, citation: str, as_of: dt.date | None = None) -> Checked:
    (checked,) = audit_of(auditor, citation, as_of).checked
    return checked


def audit_of(auditor: Auditor, citation: str, as_of: dt.date | None = None) -> Audit:
    return auditor.audit(extract_text(plan(citation)), as_of=as_of)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize(("citation", "status", "told"), CASES, ids=[c[0][:70] for c in CASES])
def test_status(auditor: Auditor, citation: str, status: str, told: str) -> None:
    checked = audit_one(auditor, citation)
    messages = " ".join([*(d.message for d in checked.differences), checked.note or ""])
    assert (checked.status, told in messages) == (status, True), messages


def test_every_status_is_reached_and_named() -> None:
    assert {c[1] for c in CASES} == set(statuses())
    assert set(statuses()) == {row["code"] for row in rules.load("register")["status"]}


def test_a_like_number_is_suggested_and_never_taken(auditor: Auditor) -> None:
    checked = audit_one(auditor, "Quyết định số 1770/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam")
    assert checked.matched
    assert checked.matched.identifier == "1707/QĐ-UBND"
    assert next(f for f in checked.compared if f.field == "number").verdict == "differs"


def test_ambiguous_lists_all_candidates(auditor: Auditor) -> None:
    checked = audit_one(auditor, "Kế hoạch số 88/KH-UBND của UBND tỉnh Hà Nam")
    assert [e.issued_on and e.issued_on.year for e in checked.candidates] == [2023, 2024]
    assert checked.matched is None


def test_same_number_is_shown_where_none_is_meant(auditor: Auditor) -> None:
    checked = audit_one(auditor, "Quyết định số 1707/QĐ-UBND ngày 03/9/2024 của UBND tỉnh Quảng Ngãi")
    assert [e.identifier for e in checked.candidates] == ["1707/QĐ-UBND"]


def test_validity_is_judged_on_the_day_of_the_document_or_the_day_asked_for(auditor: Auditor) -> None:
    citation = "Quyết định số 17/2021/QĐ-UBND ngày 06/6/2021 của UBND tỉnh Hà Nam"
    assert audit_one(auditor, citation).status == "matched"
    assert audit_one(auditor, citation, dt.date(2027, 2, 1)).status == "expired"


def test_who_repeals_a_document_knows_that_it_is_out_of_force(auditor: Auditor) -> None:
    text = plan("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ").replace(
        "1. Sở Tư pháp",
        "Kế hoạch này thay thế Quyết định số 15/2021/QĐ-UBND ngày 04/5/2021 của UBND tỉnh Hà Nam.\n\n1. Sở Tư pháp",
    )
    checked = {c.document.identifier: c for c in auditor.audit(extract_text(text)).checked}
    assert checked["15/2021/QĐ-UBND"].status == "matched"
    assert "hết hiệu lực" in (checked["15/2021/QĐ-UBND"].note or "")


def test_in_register_and_findings_are_in_the_document(auditor: Auditor) -> None:
    audit = audit_of(auditor, "Quyết định số 1707/QĐ-UBND ngày 16/7/2024 của UBND tỉnh Hà Nam")
    result = audit.document.cited_documents[0].in_register
    assert result
    assert result.status == "date_differs"
    assert result.matched
    assert result.matched.startswith("Quyết định 1707/QĐ-UBND ngày 15/07/2024")
    assert result.differences == ("date_differs: ngày: văn bản ghi “16/07/2024”, sổ ghi “15/07/2024”.",)
    finding = next(f for f in audit.document.findings if f.code == "register_difference")
    assert finding.subject_id == audit.document.cited_documents[0].id
    jsonschema.validate(json.loads(audit.document.to_json()), json_schema())


def test_document_without_citations_is_clean(auditor: Auditor) -> None:
    audit = auditor.audit(extract_text(plan("tình hình thực tế")))
    assert audit.checked == ()
    assert not audit.has_differences()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("về việc giao chỉ tiêu biên chế năm 2024", "Giao chỉ tiêu biên chế năm 2024", True),
        ("phê duyệt đề án chuyển đổi số", "V/v phê duyệt đề án chuyển đổi số ngành nông nghiệp của UBND tỉnh", True),
        ("Tổ chức chính quyền địa phương", "Luật Tổ chức chính quyền địa phương", True),
        ("công bố danh mục TTHC", "công bố danh mục thủ tục hành chính", True),
        ("thu hồi đất xây dựng trường học xã A", "ban hành quy chế phối hợp quản lý chợ trên địa bàn tỉnh", False),
        ("văn thư", "quy định về lưu trữ lịch sử của tỉnh", None),
        (None, "x", None),
    ],
)
def test_titles(a: str | None, b: str | None, same: bool | None) -> None:
    alike = title_likeness(a, b)
    assert (None if alike is None else alike >= 0.8) is same


def test_damaged_reference_is_audited_and_a_sound_one_is_not_taken_for_it() -> None:
    document = extract_text(plan("Quyết định số 26S7/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam", ENTRIES[0].label))
    ((cited, span),) = damaged_references(document)
    assert (cited.type, cited.identifier, cited.issued_on) == ("Quyết định", "26S7/QĐ-UBND", dt.date(2024, 7, 15))
    assert document.text
    assert document.text[span.start : span.end].startswith("Quyết định số 26S7/QĐ-UBND ngày 15/7/2024")


@pytest.mark.parametrize(
    ("identifier", "mentions", "printed"),
    [
        ("2056/QĐ-UBND", ["Quyết định số 2O56/QĐ-UBND"], "2O56/QĐ-UBND"),
        ("2056/QĐ-UBND", ["Quyết định số 2O56/QĐ-UBND", "Quyết định số 2056/QĐ-UBND"], None),
        ("2056/QĐ-UBND", ["Quyết định số 2056 /QĐ-\nUBND"], None),
        ("2056/QĐ-UBND", ["Quyết định 2056"], None),
    ],
)
def test_number_read_by_putting_letters_right(identifier: str, mentions: list[str], printed: str | None) -> None:
    assert mended_number(identifier, mentions) == printed


# Second-hand entries


def test_learning_marks_entries_as_second_hand_and_says_so(tmp_path: Path) -> None:
    document = extract_text(plan("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "Luật Đất đai năm 2024"))
    assert [e.identifier for e in learn(document)] == ["9/KH-UBND", "30/2020/NĐ-CP"]
    with open_register(str(tmp_path / "r.sqlite"), create=True) as register:
        assert add_document(register, document).added == 2
        assert add_document(register, document).unchanged == 2
        auditor = Auditor(register)
        checked = auditor.audit(document).checked[0]
    assert checked.status == "matched"
    assert "chưa đối chiếu với bản gốc" in (checked.note or "")
    assert "2 biết qua viện dẫn" in auditor.coverage.summary()


def test_first_hand_goes_before_second_hand(tmp_path: Path) -> None:
    location = str(tmp_path / "r.sqlite")
    wrong = msgspec.structs.replace(ENTRIES[0], issued_on=dt.date(2024, 7, 16), origin="second_hand")
    fill(location, (*ENTRIES, wrong))
    with open_register(location) as register:
        found = audit_one(Auditor(register), "Quyết định số 1707/QĐ-UBND ngày 15/7/2024 của UBND tỉnh Hà Nam")
    assert found.status == "matched"
    assert found.matched
    assert found.matched.origin == "register"


# The command


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    texts = {"clean": CASES[0][0], "differs": CASES[3][0], "unknown": CASES[23][0]}
    paths = {name: tmp_path / f"{name}.txt" for name in texts}
    for name, citation in texts.items():
        paths[name].write_text(plan(citation), encoding="utf-8")
    return paths


def test_exit_codes(location: str, files: dict[str, Path], tmp_path: Path) -> None:
    """0 where all is as in the register, 10 where anything differs, so that a script can gate on it."""
    assert run("audit", str(files["clean"]), "--register", location).exit_code == 0
    assert run("audit", str(files["differs"]), "--register", location).exit_code == EXIT_DIFFERENCES == 10
    assert run("audit", str(files["unknown"]), "--register", location).exit_code == EXIT_DIFFERENCES
    assert run("audit", str(files["unknown"]), "--register", location, "--ignore", "not_found").exit_code == 0
    missing = str(tmp_path / "missing.pdf")
    assert run("audit", missing, "--register", location).exit_code == EXIT_UNREADABLE
    assert run("audit", missing, str(files["clean"]), "--register", location).exit_code == EXIT_PARTLY_FAILED
    assert run("audit", str(files["clean"]), "--register", str(tmp_path / "none")).exit_code == EXIT_UNREADABLE
    assert run("audit", str(files["clean"]), "--register", location, "--format", "xlsx").exit_code == EXIT_USAGE


def test_table_says_what_was_compared_and_what_the_register_covers(location: str, files: dict[str, Path]) -> None:
    out = run("audit", str(files["differs"]), "--register", location).stdout
    flat = " ".join(out.replace("│", " ").split())
    assert "khác ngày" in flat
    assert "ngày ✗" in flat
    assert "Sổ có 11 văn bản" in flat
    assert "Không có trong sổ không có nghĩa là văn bản không tồn tại." in flat


def test_json_is_the_document_with_in_register(location: str, files: dict[str, Path], tmp_path: Path) -> None:
    out = run("audit", str(files["differs"]), "--register", location, "--format", "json").stdout
    data = json.loads(out)
    jsonschema.validate(data, json_schema())
    assert data["cited_documents"][0]["in_register"]["status"] == "date_differs"
    both = run("audit", str(files["clean"]), str(files["differs"]), "--register", location, "--format", "json").stdout
    assert [json.loads(line)["source"]["file"] for line in both.splitlines()] == [
        str(files["clean"]),
        str(files["differs"]),
    ]
    saved = tmp_path / "result.json"
    saved.write_text(out, encoding="utf-8")
    assert run("audit", str(saved), "--register", location).exit_code == EXIT_DIFFERENCES


def test_extracted_json_is_audited_like_the_plan(location: str, tmp_path: Path) -> None:
    document = extract_text(plan(CASES[3][0]))
    for name, data in (("a.json", document.to_json()), ("a.jsonl", document.to_json(indent=None) + "\n")):
        (tmp_path / name).write_text(data, encoding="utf-8")
        assert run("audit", str(tmp_path / name), "--register", location).exit_code == EXIT_DIFFERENCES
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    assert run("audit", str(tmp_path / "b.json"), "--register", location).exit_code == EXIT_UNREADABLE


HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>'


def hostile_audit(location: str, tmp_path: Path, format_: str) -> Path:
    """A document and a register that carry formulas and markup, in a report."""
    fill(location, (msgspec.structs.replace(ENTRIES[0], issued_on=dt.date(2024, 7, 1), title=HOSTILE, issuer=HOSTILE),))
    document = extract_text(plan(CASES[0][0]))
    cited = msgspec.structs.replace(document.cited_documents[0], title=HOSTILE, type="=1+1")
    source = msgspec.structs.replace(document.source, file="=cmd|'/c calc'!A1")
    changed: Document = msgspec.structs.replace(document, cited_documents=(cited,), source=source)
    file, target = tmp_path / "p.json", tmp_path / f"out.{format_}"
    file.write_text(changed.to_json(), encoding="utf-8")
    run("audit", str(file), "--register", location, "--format", format_, "-o", str(target))
    return target


def test_csv_is_safe(tmp_path: Path) -> None:
    data = hostile_audit(str(tmp_path / "r.sqlite"), tmp_path, "csv").read_text("utf-8-sig")
    cells = [c for row in csv.reader(io.StringIO(data)) for c in row]
    assert any(c.startswith("'=") for c in cells)
    assert not any(c.startswith(("=", "+", "-", "@")) for c in cells)


def test_xlsx_is_safe(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(hostile_audit(str(tmp_path / "r.sqlite"), tmp_path, "xlsx"))
    assert book.sheetnames == ["Viện dẫn", "Lưu ý", "Phạm vi sổ"]
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert all(c.data_type in ("s", "n") for c in cells)
    assert any(str(c.value).startswith("'=") for c in cells)


def test_html_is_escaped_and_loads_nothing(tmp_path: Path) -> None:
    page = hostile_audit(str(tmp_path / "r.sqlite"), tmp_path, "html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "src=" not in page
    assert "href=" not in page


# The documentation


def doc_block(name: str) -> str:
    text = (Path(__file__).parents[1] / "docs" / "audit.md").read_text("utf-8")
    block = text.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0]
    return block.split("\n", 2)[2].rsplit("```", 1)[0]


def test_what_the_documentation_shows_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = Path(__file__).parents[1] / "samples"
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    Path("so.csv").write_text(doc_block("register"), encoding="utf-8")
    imported = run("register", "import", "so.csv", "--register", "so.sqlite").stderr
    audited = run("audit", str(sample / "tinh-phu-tho-phong-chong-thien-tai.docx"), "--register", "so.sqlite").stdout
    drawn = run("graph", str(sample), "-o", "out").stdout
    for name, printed in (("import", imported), ("audit", audited), ("graph", drawn)):
        missing = [line for line in doc_block(name).splitlines() if line not in printed.splitlines()]
        assert not missing, missing
