"""The register: what its files may look like, how rows become entries, and that it keeps them whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract_text, rules
from extractor.cli import main
from extractor.errors import EXIT_UNREADABLE, EXIT_UNSUPPORTED, UnreadableError, UnsupportedError
from extractor.export.cells import plain_cell
from extractor.register.address import number_in_address
from extractor.register.audit import Auditor
from extractor.register.entry import Entry
from extractor.register.filling import count_coverage, put, put_source
from extractor.register.headings import field_of, map_headings
from extractor.register.importing import Imported, import_file, plan_import
from extractor.register.keys import neighbours, number_parts, plain_number, plain_title, skeleton
from extractor.register.location import shown, url_of
from extractor.register.organs import same_organ
from extractor.register.rows import Defaults, effect_of, read_entry
from extractor.register.store import Register, open_register

REGISTERS = Path(__file__).parents[2] / "shared" / "registers"
RULES = rules.load("register")
HEADINGS = (
    "Số/Ký hiệu",
    "Ngày, tháng, năm ban hành",
    "Cơ quan ban hành",
    "Trích yếu nội dung",
    "Hiệu lực",
    "Thay thế bởi",
)
ROWS = (
    ("12/QĐ-UBND", "05/01/2024", "UBND tỉnh Hà Nam", "Về việc giao chỉ tiêu biên chế năm 2024", "Còn hiệu lực", ""),
    ("12/QĐ-UBND", "09/01/2025", "UBND tỉnh Hà Nam", "Về việc giao chỉ tiêu biên chế năm 2025", "Còn hiệu lực", ""),
    (
        "7/2023/QĐ-UBND",
        "20/02/2023",
        "UBND tỉnh Hà Nam",
        "Ban hành quy định về quản lý chợ",
        "Bị thay thế",
        "9/2025/QĐ-UBND",
    ),
    ("45/KH-UBND", "31/02/2024", "UBND tỉnh Hà Nam", "Kế hoạch có ngày sai", "", ""),
    ("", "", "UBND tỉnh Hà Nam", "", "", ""),
)


def write_csv(
    path: Path, rows: tuple[tuple[str, ...], ...] = ROWS, encoding: str = "utf-8-sig", sep: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=sep).writerows([HEADINGS, *rows])
    return path


def load(register: Register, path: Path, **defaults: Any) -> Imported:
    return import_file(register, plan_import(path), Defaults(**defaults))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for these tests as a user who is not root."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = shutil.which("initdb") or (str(found[-1]) if found else None)
    if initdb is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    binaries = Path(initdb).resolve().parent
    # Not below pytest's own folder, which another run of the tests closes to every other user.
    folder = Path(tempfile.mkdtemp(prefix="kehoach-postgresql-"))
    as_user: list[str] = []
    if Path("/proc/self").stat().st_uid == 0:
        if subprocess.run(["id", "postgres"], capture_output=True).returncode:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder}
    subprocess.run(
        [*as_user, initdb, "-D", str(data), "-A", "trust", "-U", "office", "-E", "UTF8", "--no-sync"], **quiet
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*as_user, str(binaries / "pg_ctl"), "-D", str(data)]
    subprocess.run([*control, "-w", "-o", options, "-l", str(folder / "log"), "start"], **quiet)
    try:
        yield f"postgresql://office:secret@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    """An empty register, in SQLite and in PostgreSQL."""
    location = str(tmp_path / "register.sqlite") if request.param == "sqlite" else request.getfixturevalue("postgresql")
    with open_register(location, create=True) as opened:
        yield opened
        if request.param == "postgresql":
            from sqlalchemy import text

            with opened.transaction() as connection:
                connection.execute(text("DROP TABLE coverage, entries, sources, register_info"))


# Rules: each takes its examples and refuses the others.


@pytest.mark.parametrize("rule", RULES["heading"], ids=[r["field"] for r in RULES["heading"]])
def test_heading_rule(rule: dict[str, Any]) -> None:
    for example in (*rule["names"], *rule["examples"]):
        assert (field_of(example) or ("", 0))[0] == rule["field"], example
    for other in rule["not_examples"]:
        assert (field_of(other) or ("", 0))[0] != rule["field"], other


@pytest.mark.parametrize("rule", RULES["effect"], ids=[r["effect"] for r in RULES["effect"]])
def test_effect_rule(rule: dict[str, Any]) -> None:
    for example in rule["examples"]:
        assert effect_of(example) == rule["effect"]
    for other in rule["not_examples"]:
        assert effect_of(other) != rule["effect"]


def test_lookalike_rule() -> None:
    rule = RULES["lookalikes"]
    assert all(plain_number(printed) == right for printed, right in rule["examples"])
    assert all(plain_number(printed) == printed for printed in rule["not_examples"])


def test_ocr_rule() -> None:
    """Numbers that OCR makes one have one skeleton; swapped digits and other types do not."""
    rule = RULES["ocr"]
    assert all(skeleton(a) == skeleton(b) for a, b in rule["examples"])
    assert all(skeleton(a) != skeleton(b) for a, b in rule["not_examples"])
    letters = "".join(rule["classes"])
    assert len(letters) == len(set(letters)), "a letter stands in two classes"


def test_abbreviation_rule() -> None:
    rule = RULES["abbreviations"]
    assert all(plain_title(title) == plain for title, plain in rule["examples"])
    assert all(plain_title(title) == title for title in rule["not_examples"])


def test_organ_rule() -> None:
    rule = RULES["organs"]
    for a, b in rule["examples"]:
        assert same_organ(a, b) is True, (a, b)
    for a, b in rule["not_examples"]:
        assert same_organ(a, b) is False, (a, b)
    assert all(same_organ(name, "Bộ Chính trị") is None for name in rule["generic"])


@pytest.mark.parametrize(
    ("cited", "registered", "place", "same"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Quảng Ngãi", "Quảng Ngãi", True),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Bình Dương", "Quảng Ngãi", False),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Bình Dương", None, None),
        ("UBND TP. Hồ Chí Minh", "Ủy ban nhân dân Thành phố Hồ Chí Minh", None, True),
        ("Hội nghị lần thứ sáu Ban Chấp hành Trung ương", "Bộ Chính trị", None, False),
    ],
)
def test_organ_in_its_place(cited: str, registered: str, place: str | None, same: bool | None) -> None:
    """ "UBND tỉnh" in a document of Quảng Ngãi is that province's."""
    assert same_organ(cited, registered, place) is same


def test_address_rule() -> None:
    rule = RULES["address"]
    for url, kind, number in rule["examples"]:
        assert number_in_address(url) == (kind, number)
    assert all(number_in_address(url) is None for url in rule["not_examples"])


# Numbers


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Số: 07/NQ-CP", "7/nq/cp"),
        ("1830 QĐ-UBND", "1830/qđ/ubnd"),
        ("109/UBND - VX", "109/ubnd/vx"),
        ("26/KH-BCĐ (138)", "26/kh/bcđ"),
        ("1130/QÐ-UBND", "1130/qđ/ubnd"),
        ("66.15/2026/NQ-CP", "66.15/2026/nq/cp"),
        ("không số", None),
        (None, None),
    ],
)
def test_number(printed: str | None, key: str | None) -> None:
    parts = number_parts(printed)
    assert (parts.key if parts else None) == key


def test_party_and_state_order_have_one_key_and_are_not_the_same() -> None:
    party, state = number_parts("07-NQ/TU"), number_parts("07/NQ-TU")
    assert party
    assert state
    assert party.key == state.key
    assert party.strict != state.strict


@given(st.integers(1, 9999), st.integers(0, 3))
def test_swapped_digits_are_neighbours(number: int, at: int) -> None:
    digits = str(number)
    i = at % max(len(digits) - 1, 1)
    swapped = digits[:i] + digits[i : i + 2][::-1] + digits[i + 2 :]
    parts = number_parts(f"{number}/QĐ-UBND")
    assert parts
    assert swapped == digits or swapped.startswith("0") or swapped in set(neighbours(parts))


@given(st.text(max_size=60))
def test_any_text_may_be_asked_for_its_number(text: str) -> None:
    parts = number_parts(text)
    assert parts is None or parts.key == parts.strict.replace("-", "/")


# Files


def xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["SỔ ĐĂNG KÝ VĂN BẢN ĐI"])
    sheet.append([None])
    sheet.append(list(HEADINGS))
    for row in ROWS:
        cells: list[Any] = list(row)
        if row[1] == "05/01/2024":
            cells[1] = dt.datetime(2024, 1, 5)
        sheet.append(cells)
    book.save(path)
    return path


def as_json(path: Path) -> Path:
    items = [dict(zip(HEADINGS, r, strict=True)) for r in ROWS]
    text = json.dumps({"items": items}) if path.suffix == ".json" else "\n".join(map(json.dumps, items))
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda d: write_csv(d / "a.csv"),
        lambda d: write_csv(d / "a.csv", encoding="utf-16"),
        lambda d: write_csv(d / "a.csv", encoding="utf-8", sep=";"),
        lambda d: write_csv(d / "a.tsv", sep="\t"),
        lambda d: xlsx(d / "a.xlsx"),
        lambda d: as_json(d / "a.json"),
        lambda d: as_json(d / "a.jsonl"),
    ],
    ids=["csv", "utf-16", "semicolon", "tsv", "xlsx", "json", "jsonl"],
)
def test_every_kind_of_file_gives_the_same_entries(make: Any, tmp_path: Path) -> None:
    with open_register(str(tmp_path / "r.sqlite"), create=True) as register:
        done = load(register, make(tmp_path))
        found = list(register.entries())
    assert done.stored.added == 3
    assert [r.reason for r in done.rejected] == [
        "ngày ban hành không đọc được: “31/02/2024”",
        "không có số, ký hiệu và cũng không có trích yếu",
    ]
    assert [(e.identifier, e.type, e.issued_on) for e in found] == [
        ("12/QĐ-UBND", "Quyết định", dt.date(2024, 1, 5)),
        ("12/QĐ-UBND", "Quyết định", dt.date(2025, 1, 9)),
        ("7/2023/QĐ-UBND", "Quyết định", dt.date(2023, 2, 20)),
    ]
    assert (found[2].effect, found[2].replaced_by) == ("replaced", "9/2025/QĐ-UBND")


def test_mapping_is_by_likeness_and_each_heading_is_used_once() -> None:
    assert map_headings(["STT", "Số", "Ký hiệu", "Ngày BH", "Tên văn bản", "Ghi chú"]) == {
        "number": "Số", "symbol": "Ký hiệu", "issued_on": "Ngày BH", "title": "Tên văn bản", "note": "Ghi chú",
    }  # fmt: skip


def test_correction_goes_before_likeness(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Mã VB,Ngày nhận,Nội dung\n3/KH-STP,1/2/2024,Phổ biến pháp luật\n", encoding="utf-8")
    plan = plan_import(path, {"identifier": "Mã VB", "issued_on": "Ngày nhận"})
    assert plan.mapping == {"title": "Nội dung", "identifier": "Mã VB", "issued_on": "Ngày nhận"}
    with pytest.raises(UnsupportedError, match="Không có cột"):
        plan_import(path, {"identifier": "Không có"})
    with pytest.raises(UnsupportedError, match="Không có trường"):
        plan_import(path, {"nothing": "Mã VB"})


def test_file_without_number_and_title_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Họ tên,Tuổi\nA,3\n", encoding="utf-8")
    with pytest.raises(UnsupportedError, match="--map"):
        plan_import(path)


@pytest.mark.parametrize(
    ("cells", "identifier", "type_", "title", "alternate"),
    [
        (
            {"number": "", "title": "Nghị định số 43/2026/NĐ-CP Sửa đổi Nghị định về bảo tồn thiên nhiên"},
            "43/2026/NĐ-CP", "Nghị định", "Sửa đổi Nghị định về bảo tồn thiên nhiên", None,
        ),
        ({"number": "108/2025/QH15", "title": "Luật Quản lý thuế số 108/2025/QH15"}, "108/2025/QH15", "Luật", "Luật Quản lý thuế", None),
        ({"number": "57", "url": "https://a.vn/thong-tu-so-57-2025-tt-bxd-ve--1"}, "57/2025/TT-BXD", "Thông tư", None, None),
        (
            {"number": "243/2025/NĐ-CP", "title": "Nghị định số 180/2025/NĐ-CP Về hợp tác", "url": "https://a.vn/nghi-dinh-so-180-2025-nd-cp--1"},
            "180/2025/NĐ-CP", "Nghị định", "Về hợp tác", "243/2025/NĐ-CP",
        ),
        ({"number": "06/2026/TT-BTС", "title": "Quy định về thuế"}, "06/2026/TT-BTC", "Thông tư", "Quy định về thuế", None),
        ({"number": "", "title": "tăng cường phòng chống sốt xuất huyết"}, None, None, "tăng cường phòng chống sốt xuất huyết", None),
    ],
)  # fmt: skip
def test_row(
    cells: dict[str, str], identifier: str | None, type_: str | None, title: str | None, alternate: str | None
) -> None:
    mapping = {"identifier": "number", "title": "title", "url": "url"}
    e = read_entry(cells, mapping, Defaults())
    assert isinstance(e, Entry)
    assert (e.identifier, e.type, e.title, e.alternate) == (identifier, type_, title, alternate)


def test_place_names_the_issuer_of_local_symbols_only() -> None:
    """A province's register leaves out whose "QĐ-UBND" it is; a central symbol says it itself."""
    mapping = {"identifier": "n"}
    local = read_entry({"n": "5/QĐ-UBND"}, mapping, Defaults(place="tỉnh Hà Nam"))
    central = read_entry({"n": "5/QĐ-TTg"}, mapping, Defaults(place="tỉnh Hà Nam"))
    unknown = read_entry({"n": "5/QĐ-UBND"}, mapping, Defaults())
    assert isinstance(local, Entry)
    assert local.issuer == "Ủy ban nhân dân tỉnh Hà Nam"
    assert isinstance(central, Entry)
    assert central.issuer == "Thủ tướng Chính phủ"
    assert isinstance(unknown, Entry)
    assert unknown.issuer is None


# The store, on both databases


def test_import_again_changes_nothing_and_a_changed_row_is_brought_up_to_date(
    register: Register, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "a.csv")
    first = load(register, file)
    again = load(register, file)
    assert (first.stored.added, again.stored.added, again.stored.unchanged) == (3, 0, 3)
    changed = tuple((*r[:4], "Hết hiệu lực toàn bộ", "") if r[1] == "05/01/2024" else r for r in ROWS)
    third = load(register, write_csv(file, changed))
    assert (third.stored.added, third.stored.updated) == (0, 1)
    assert [e.effect for e in register.find("key", ["12/qđ/ubnd"])] == ["expired", "in_force"]
    assert [s.entries for s in register.sources()] == [3]


def test_repeated_row_is_one_entry(register: Register, tmp_path: Path) -> None:
    done = load(register, write_csv(tmp_path / "a.csv", (*ROWS[:2], ROWS[0])))
    assert (done.rows, done.stored.added, done.repeated) == (3, 2, 1)


def test_import_is_whole_or_not_at_all(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"Số ký hiệu": f"{i}/KH-STP", "Trích yếu": "Kế hoạch"}) for i in range(6000)]
    path.write_text("\n".join([*rows[:-1], "{broken"]), encoding="utf-8")
    plan = plan_import(path)
    with pytest.raises(UnreadableError, match="Dòng 6000"):
        import_file(register, plan, Defaults())
    assert not list(register.entries())
    assert not register.sources()


def test_search_with_and_without_tone_marks(register: Register, tmp_path: Path) -> None:
    load(register, write_csv(tmp_path / "a.csv"))
    for query in ("quản lý chợ", "quan ly cho", "7/2023/QĐ-UBND"):
        assert register.search(query)[0].identifier == "7/2023/QĐ-UBND"
    assert register.search("'; DROP TABLE entries; --") == []
    assert register.search('"*(') == []


def test_coverage_counts_by_organ_issuer_and_year(register: Register, tmp_path: Path) -> None:
    load(register, write_csv(tmp_path / "a.csv"))
    found = {(c.organ, c.issuer, c.year, c.count) for c in register.coverage()}
    assert found == {("UBND", "UBND tỉnh Hà Nam", y, 1) for y in (2023, 2024, 2025)}


def test_entries_come_in_batches(register: Register) -> None:
    new = [Entry(identifier=f"{i}/KH-STP", title="Kế hoạch") for i in range(1, 4502)]
    with register.transaction() as connection:
        source = put_source(connection, "many", "register", None, len(new))
        put(connection, new, source)
        count_coverage(connection)
    assert [e.identifier for e in register.entries()] == [e.identifier for e in new]
    assert len(register.find("key", (f"{i}/kh/stp" for i in range(1, 2000)))) == 1999


def test_audit_is_the_same_on_either_database(register: Register, tmp_path: Path) -> None:
    load(register, write_csv(tmp_path / "a.csv"))
    bases = (
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2024 của UBND tỉnh Hà Nam;\n\n"
        "Căn cứ Quyết định số 7/2023/QĐ-UBND ngày 20/02/2023 của UBND tỉnh;\n\n"
        "Căn cứ Quyết định số 21/QĐ-UBND ngày 09/01/2025 của UBND tỉnh Hà Nam;\n\n"
    )
    head = (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\n\nSố: 9/KH-UBND\n\nHà Nam, ngày 15 tháng 3 năm 2026\n\nKẾ HOẠCH\n\nRà soát\n\n"
    )
    audit = Auditor(register).audit(extract_text(f"{head}{bases}I. NHIỆM VỤ\n\n1. Sở Tư pháp rà soát.\n"))
    assert [c.status for c in audit.checked] == ["matched", "replaced", "number_near_miss"]


@pytest.mark.parametrize(
    "content",
    [b"this is no database" * 100, b""],
    ids=["garbage", "empty"],
)
def test_file_that_is_no_register(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.sqlite"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=r"r\.sqlite"):
        open_register(str(path))


def test_missing_register_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="kehoach register import"):
        open_register(str(tmp_path / "none.sqlite"))


def test_password_is_never_shown() -> None:
    location = "postgresql://office:secret@127.0.0.1:1/none"
    assert "secret" not in shown(location)
    assert url_of(location).drivername == "postgresql+psycopg"
    pytest.importorskip("psycopg")
    with pytest.raises(UnreadableError) as caught:
        open_register(location)
    assert "secret" not in str(caught.value)


# The command


def test_command_import_shows_the_mapping_then_search_show_stats(tmp_path: Path) -> None:
    location = str(tmp_path / "r.sqlite")
    file = str(write_csv(tmp_path / "a.csv"))
    dry = run("register", "import", file, "--register", location, "--dry-run")
    assert dry.exit_code == 0
    assert "Số, ký hiệu" in dry.stderr
    assert not Path(location).exists()
    done = run("register", "import", file, "--register", location)
    assert done.exit_code == 0
    assert "3 văn bản mới" in done.stderr
    assert "31/02/2024" in done.stderr
    assert "7/2023/QĐ-UBND" in run("register", "search", "quan ly cho", "--register", location).stdout
    shown_entry = run("register", "show", "7/2023/QĐ-UBND", "--register", location)
    assert json.loads(shown_entry.stdout)["replaced_by"] == "9/2025/QĐ-UBND"
    assert "3 văn bản từ 5 dòng" in run("register", "stats", "--register", location).stdout
    assert run("register", "show", "1/KH-X", "--register", location).exit_code == EXIT_UNREADABLE
    assert run("register", "import", str(tmp_path / "a.pdf"), "--register", location).exit_code == EXIT_UNSUPPORTED


@pytest.mark.parametrize("format_", ["csv", "xlsx", "jsonl"])
def test_export_imports_again(format_: str, tmp_path: Path) -> None:
    location, other = str(tmp_path / "r.sqlite"), str(tmp_path / "s.sqlite")
    run("register", "import", str(write_csv(tmp_path / "a.csv")), "--register", location)
    target = tmp_path / f"out.{format_}"
    assert run("register", "export", "--register", location, "--format", format_, "-o", str(target)).exit_code == 0
    assert run("register", "import", str(target), "--register", other).exit_code == 0
    with open_register(location) as a, open_register(other) as b:
        fields = ("identifier", "issued_on", "issuer", "title", "effect", "replaced_by")
        assert [[getattr(e, f) for f in fields] for e in a.entries()] == [
            [getattr(e, f) for f in fields] for e in b.entries()
        ]


@pytest.mark.parametrize("value", ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_starts_a_formula(value: str) -> None:
    assert plain_cell(value).startswith("'")


# Real registers


@pytest.mark.skipif(not REGISTERS.is_dir(), reason="the real registers are not here")
def test_real_registers_import_whole(tmp_path: Path) -> None:
    """4,008 rows of a province, none rejected; of 999 central rows every one with a number or title is taken."""
    with open_register(str(tmp_path / "r.sqlite"), create=True) as register:
        local = load(register, REGISTERS / "binh-duong-2014-2022.csv", place="tỉnh Bình Dương")
        central = load(register, REGISTERS / "central-normative-register.csv")
    assert (local.rows, local.rejected) == (4008, ())
    assert local.stored.added + local.repeated == 4008
    assert central.rows == 999
    assert len(central.rejected) == 13
    assert all("ngày ban hành" in r.reason or "không có số" in r.reason for r in central.rejected)
