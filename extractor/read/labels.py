"""Which line opens an item, which line closes a sentence: the few words that decide where a paragraph ends."""

from __future__ import annotations

import re
from functools import cache

from extractor.read.patterns import compiled
from extractor.read.syllables import bare
from extractor.rules import load


@cache
def _labels() -> re.Pattern[str]:
    return compiled("|".join(f"(?:{row['pattern']})" for row in load("reading")["label"]))


@cache
def _divisions() -> re.Pattern[str]:
    rows = [row["pattern"] for row in load("reading")["label"] if row["name"] in ("division", "roman")]
    return compiled("|".join(f"(?:{row})" for row in rows))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled(load("reading")[name]["pattern"])


def opens_item(line: str) -> bool:
    """Whether a line starts with a list label or a division's name: "1.", "a)", "-", "Điều 3."."""
    return _labels().match(line) is not None


def opens_division(line: str) -> bool:
    """Whether a line names a division that may stand on the middle of the page: "Chương II", "PHỤ LỤC I"."""
    return _divisions().match(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends a sentence or a list entry: "thi hành./.", "gồm:"."""
    return _pattern("sentence_end").search(line.rstrip()[-6:]) is not None


def is_rule(line: str) -> bool:
    """Whether a line is a printed rule ("________") and no words."""
    return _pattern("rule").fullmatch(line.strip()) is not None


def is_stamp(line: str) -> bool:
    """Whether a line was printed by a signing program: "Ký bởi: VĂN PHÒNG CHÍNH PHỦ"."""
    return _pattern("stamp").fullmatch(line.strip()) is not None


def opens_lower(line: str) -> bool:
    """Whether a line starts as the middle of a sentence does: with a lower-case letter that is no label."""
    return line[:1].islower() and not opens_item(line)


def continues(before: str, line: str) -> bool:
    """Whether `line` goes on with the sentence of `before`, whatever stands between them.

    "… các quy hoạch cấp" + "quốc gia, cấp vùng …" do; a dash that parts two words ("kinh tế" + "- xã hội")
    or two years ("2026" + "- 2030") is no list label.
    """
    if not before or ends_sentence(before):
        return False
    return opens_lower(line) or (bool(_JOINING_DASH.match(line)) and not before.isupper())


_JOINING_DASH = compiled(r"[-–]\s?(?:\d{4}\b|[<L>]\w*(?:\s|,|$))")


def is_head(text: str) -> bool:
    """Whether the words are those of the two-column head: the state's or the Party's name, the motto.

    Marks and dashes do not count, so that a head that OCR reads "CỘNG HOÀ XÃ HỌI" is known, too; capitals do:
    the state's name in a sentence is no head.
    """
    flat = " ".join(_NO_DASH.sub(" ", bare(text)).split())
    return any(mark in flat for mark in load("reading")["columns"]["head"])


_NO_DASH = re.compile(r"[-–—_]")


def is_foot(text: str) -> bool:
    """Whether the words are those that open the two-column foot: "Nơi nhận:"."""
    return _foot().search(" ".join(bare(text).split())) is not None


@cache
def _foot() -> re.Pattern[str]:
    return compiled(load("reading")["columns"]["foot"])


def is_signature(text: str) -> bool:
    """Whether the words are the first line of a signature: "KT. GIÁM ĐỐC CÔNG AN TỈNH"."""
    return compiled(load("reading")["columns"]["signature"]).fullmatch(" ".join(text.split())) is not None


def leaves_blank(word: str) -> bool:
    """Whether a number or a day may be left blank behind a word of the head: "Số:", "ngày"."""
    return word in load("reading")["columns"]["before_blank"]


def running_line(text: str) -> bool:
    """Whether a line in the margin is the running line of a gazette: "CÔNG BÁO/Số 286/Ngày 27-05-2026"."""
    return _pattern("running").fullmatch(" ".join(text.split())) is not None


def is_type_line(text: str) -> bool:
    """Whether a line is the type of a document alone, over its title: "KẾ HOẠCH HÀNH ĐỘNG"."""
    return _pattern("type_line").fullmatch(" ".join(text.split())) is not None
