"""Agencies: where a name starts and ends, what it is in full, how a list is split."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.recognise.agencies import canonical, find_agencies, find_glossary, split_agencies
from extractor.recognise.agency_names import named_agencies
from extractor.recognise.phrases import fold, words_of
from extractor.recognise.provinces import find_province, provinces
from extractor.rules import load

BODIES = [*load("agencies")["field"], *load("agencies")["body"]]

CELLS = [
    ("Sở Khoa học và Công nghệ", ["Sở Khoa học và Công nghệ"]),
    ("Bộ Văn hóa, Thể thao và Du lịch, Bộ Y tế", ["Bộ Văn hóa, Thể thao và Du lịch", "Bộ Y tế"]),
    ("Bộ Nông nghiệp và Môi trường và Bộ Xây dựng", ["Bộ Nông nghiệp và Môi trường", "Bộ Xây dựng"]),
    (
        "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
        ["các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"],
    ),
    (
        "Các bộ, cơ quan ngang bộ, Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",
        ["Các bộ, cơ quan ngang bộ", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"],
    ),
    ("Các Sở, ban, ngành và UBND các xã, phường", ["Các Sở, ban, ngành", "UBND các xã, phường"]),
    (
        "Các Sở, ban, ngành và các cơ quan, đơn vị, địa phương liên quan",
        ["Các Sở, ban, ngành", "các cơ quan, đơn vị, địa phương liên quan"],
    ),
    ("các bộ, ngành, cơ quan, tổ chức có liên quan", ["các bộ, ngành, cơ quan, tổ chức có liên quan"]),
    (
        "Bộ Tài chính, cơ quan, tổ chức có liên quan, cơ sở khám bệnh, chữa bệnh",
        ["Bộ Tài chính", "cơ quan, tổ chức có liên quan", "cơ sở khám bệnh, chữa bệnh"],
    ),
    ("Các Sở, ban, ngành và địa phương", ["Các Sở, ban, ngành", "địa phương"]),
    ("các phòng, ban và đơn vị trực thuộc", ["các phòng, ban và đơn vị trực thuộc"]),
    ("Các Bộ: NN&MT, Xây dựng, Giáo dục và Đào tạo", ["Bộ NN&MT", "Bộ Xây dựng", "Bộ Giáo dục và Đào tạo"]),
    ("các Sở Tài chính, Nội vụ và Y tế", ["Sở Tài chính", "Sở Nội vụ", "Sở Y tế"]),
    ("Sở Kế hoạch và Đầu tư, Nội vụ", ["Sở Kế hoạch và Đầu tư", "Sở Nội vụ"]),
    (
        "Các Bộ, ngành Ủy ban nhân dân cấp tỉnh, Sở Y tế cơ quan, đơn vị liên quan",
        ["Các Bộ, ngành", "Ủy ban nhân dân cấp tỉnh", "Sở Y tế", "cơ quan, đơn vị liên quan"],
    ),
    ("1. Bộ Tài chính chủ trì lập dự toán; 2. Bộ Y tế hướng dẫn.", ["Bộ Tài chính", "Bộ Y tế"]),
    ("Ủy ban nhân dân cấp tỉnh trình Hội đồng nhân dân cùng cấp", ["Ủy ban nhân dân cấp tỉnh"]),
    ("- Phòng Tổ chức - Hành chính;\n- Các Khoa và Bộ môn trực thuộc.", [
        "Phòng Tổ chức - Hành chính",
        "Các Khoa và Bộ môn trực thuộc",
    ]),
    ("Chủ trì: Sở Nội vụ", ["Sở Nội vụ"]),
    ("Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công)", ["Văn phòng UBND tỉnh"]),
    ("VNPT Lào Cai; EVN", ["VNPT Lào Cai", "EVN"]),
    ("UBND các tỉnh/thành phố", ["UBND các tỉnh/thành phố"]),
    ("Phòng Kinh tế, Hạ tầng và Đô thị, Công an xã", ["Phòng Kinh tế, Hạ tầng và Đô thị", "Công an xã"]),
    ("", []),
    (" ;,\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "names"), CELLS)
def test_a_cell_gives_one_entry_for_each_agency(cell: str, names: list[str]) -> None:
    """A cell is split between agencies and never inside a name; duties and remarks are left out."""
    assert [m.agency.name for m in split_agencies(cell)] == names


TEXTS = [
    (
        "Giao Sở KH&CN tham mưu UBND tỉnh ban hành quyết định số 12/QĐ-UBND",
        ["Sở KH&CN", "UBND tỉnh"],
    ),
    ("Thanh tra, kiểm tra việc chấp hành pháp luật về bảo hiểm xã hội", []),
    ("theo Quyết định số 08/QĐ-TTg của Thủ tướng Chính phủ", ["Thủ tướng Chính phủ"]),
    ("xây dựng chính phủ số, xã hội số", []),
    (
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai và các tổ chức chính trị - xã hội",
        ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai", "các tổ chức chính trị - xã hội"],
    ),
    ("BẢO HIỂM XÃ HỘI TỰ NGUYỆN", []),
    (
        "Ban Chỉ đạo chuyển đổi số tỉnh họp hằng quý",
        ["Ban Chỉ đạo chuyển đổi số tỉnh"],
    ),
]


@pytest.mark.parametrize(("text", "names"), TEXTS)
def test_running_text_gives_its_agencies(text: str, names: list[str]) -> None:
    """A name in running text ends before the verb; verbs and symbols that look like names give none."""
    assert [m.agency.name for m in find_agencies(text)] == names


NAMES = [
    ("Sở KH&CN", None, None, "Sở Khoa học và Công nghệ", "provincial_department"),
    ("UBND tỉnh", None, "Quảng Ngãi", "Ủy ban nhân dân tỉnh Quảng Ngãi", "people_committee"),
    ("UBND tỉnh", None, None, "Ủy ban nhân dân tỉnh", "people_committee"),
    (
        "Uỷ ban nhân dân Thành phố",
        None,
        "TP. Hồ Chí Minh",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "people_committee",
    ),
    ("UBND thành phố", None, "Lào Cai", "Ủy ban nhân dân thành phố", "people_committee"),
    ("UBND tỉnh", dt.date(2026, 5, 1), "Đồng Nai", "Ủy ban nhân dân tỉnh", "people_committee"),
    ("UBND tỉnh", dt.date(2024, 5, 1), "Đồng Nai", "Ủy ban nhân dân tỉnh Đồng Nai", "people_committee"),
    ("UBND các xã, phường", None, "Lào Cai", "Ủy ban nhân dân các xã, phường", "people_committee"),
    ("Giám đốc Sở NN&MT", None, None, "Giám đốc Sở Nông nghiệp và Môi trường", "person_title"),
    ("các bộ, ngành", None, None, None, "group"),
    ("Sở", None, None, None, "provincial_department"),
    ("EVN", None, None, None, "other"),
    ("bộ nn&mt", None, None, None, "other"),
    ("Phòng Đào tạo", None, None, "Phòng Đào tạo", "unit"),
]


@pytest.mark.parametrize(("name", "on", "place", "full", "kind"), NAMES)
def test_a_name_is_written_out(name: str, on: dt.date | None, place: str | None, full: str | None, kind: str) -> None:
    """Abbreviations are written out, the document's province is put in, and what is not known stays None."""
    assert canonical(name, on=on, place=place) == (full, kind)


def test_the_documents_own_abbreviations_are_understood() -> None:
    """An abbreviation that the document explains stands for what it says."""
    text = "Ban Chỉ đạo Phòng thủ dân sự quốc gia (sau đây viết tắt là Ban Chỉ đạo); Sở Xây dựng (gọi tắt là SXD)"
    glossary = find_glossary(text)
    assert glossary == {"Ban Chỉ đạo": "Ban Chỉ đạo Phòng thủ dân sự quốc gia", "SXD": "Sở Xây dựng"}
    assert canonical("Ban Chỉ đạo", glossary=glossary) == ("Ban Chỉ đạo Phòng thủ dân sự quốc gia", "other")


def test_a_bracket_that_explains_no_agency_is_no_abbreviation() -> None:
    """A document or a thing that is given a short name is not an agency."""
    assert find_glossary("Kết luận số 210-KL/TW ngày 12/11/2025 (sau đây viết tắt là Kết luận số 210)") == {}


@pytest.mark.parametrize("row", BODIES, ids=lambda row: row["name"])
def test_every_agency_takes_its_examples(row: dict[str, object]) -> None:
    """A spelling gives the full name and kind that its row says, and other texts do not give it."""
    for example in row["examples"]:  # type: ignore[attr-defined]
        on = row.get("valid_to") or row.get("valid_from")
        assert canonical(example["text"], on=on) == (example["canonical"], example["kind"])  # type: ignore[arg-type]
    full = {e["canonical"] for e in row["examples"]}  # type: ignore[attr-defined]
    for text in row.get("not_examples", ()):  # type: ignore[attr-defined]
        assert not full & {m.agency.canonical for m in find_agencies(text)}


def test_successors_are_agencies_of_the_gazetteer() -> None:
    """Who replaced an agency is an agency itself, or one named by its head ("Cục Thuế")."""
    names = {a.name for a in named_agencies()}
    for agency in named_agencies():
        if agency.replaced_by and not agency.replaced_by.startswith(("Cục ", "Phòng ")):
            assert agency.replaced_by in names, agency.name


@pytest.mark.parametrize("row", load("provinces")["province"], ids=lambda row: row["name"])
def test_every_province_takes_its_examples(row: dict[str, object]) -> None:
    """A place line gives its province."""
    for example in row["examples"]:  # type: ignore[attr-defined]
        found = find_province(example["text"])
        assert found is not None
        assert found.name == example["name"]


def test_merged_provinces_lead_to_one_that_exists() -> None:
    """63 units until 30 June 2025, 34 after; a merged unit names its successor."""
    current = {p.name for p in provinces() if p.valid_to is None}
    assert (len(provinces()), len(current)) == (63, 34)
    assert {p.merged_into for p in provinces() if p.valid_to} <= current


PHRASES = [
    (section, example) for section, row in load("agency_phrases").items() for example in row.get("examples", ())
] + [(s, e) for s in ("name_end", "compound", "nominal", "duty") for e in load("verbs")[s]["examples"]]
NO_PHRASES = [
    (section, text) for section, row in load("agency_phrases").items() for text in row.get("not_examples", ())
]


@pytest.mark.parametrize(("section", "example"), PHRASES, ids=lambda x: x if isinstance(x, str) else x["text"])
def test_every_phrase_rule_takes_its_examples(section: str, example: dict[str, list[str]]) -> None:
    """The entries at the start of the example are those that the rule says."""
    found = [m.agency.name for m in find_agencies(str(example["text"]))]
    assert found[: len(example["entries"])] == example["entries"]


@pytest.mark.parametrize(("section", "text"), NO_PHRASES)
def test_every_phrase_rule_refuses_its_counter_examples(section: str, text: str) -> None:
    """Nothing is read at the start of a counter-example."""
    assert all(m.start > 0 for m in find_agencies(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Uỷ", "ủy"), ("hoà", "Hòa"), ("kỹ", "kĩ"), ("Khoẻ", "khỏe"), ("–", "-"), ("thuỷ", "thủy")],
)
def test_spellings_of_one_syllable_fold_alike(one: str, other: str) -> None:
    """The place of the tone mark, case and y for i do not part two spellings."""
    assert fold(one) == fold(other)


PIECES = st.sampled_from(
    ["Bộ Y tế", "các", "các sở, ban, ngành", "và", ",", ";", "\n", "Giám đốc", "thuộc", "Sở", "Sở Nội vụ", "chủ trì", "phòng", "cơ quan",
     "liên quan", "tỉnh", "Lào Cai", "UBND", "(", ")", ":", "phối hợp với", "Ban Chỉ đạo", "của", "1.", "TP.", "NN&MT", "Đảng"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_mentions_are_in_order_and_quote_the_text(text: str) -> None:
    """Offsets index the given text, do not overlap, and the name is what stands there on one line."""
    for find in (find_agencies, split_agencies):
        end = 0
        for m in find(text):
            assert end <= m.start < m.end <= len(text)
            end = m.end
            printed = " ".join(text[m.start : m.end].split())
            assert m.agency.name.endswith(printed)
            assert printed == printed.strip(" ,;:")


@given(st.text(max_size=80))
def test_words_cover_what_is_printed(text: str) -> None:
    """Words are in order, do not overlap, and leave out white space only."""
    words = words_of(text)
    assert all(text[w.start : w.end] == w.text for w in words)
    assert "".join(w.text for w in words).replace("\n", "") == "".join(c for c in text if not c.isspace())


@pytest.mark.parametrize(
    "unit",
    [
        "các ",
        "Sở thuộc ",
        "Giám đốc ",
        "cơ quan, ",
        "Phòng ",
        "và ",
        "của Sở ",
        "(",
        "Bộ: ",
        "UBND tỉnh, ",
        "A ",
    ],
)
def test_long_repetitions_are_read(unit: str) -> None:
    """Adversarial repetition neither recurses nor blows up."""
    find_agencies(unit * 3000)
    split_agencies(unit * 3000)
