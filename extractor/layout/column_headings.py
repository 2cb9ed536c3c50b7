"""What the heading of a column of a task table names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from extractor import rules

Role = Literal[
    "index", "task", "group", "target", "lead", "cooperating", "lead_and_cooperating", "approver", "supervisor",
    "start", "deadline", "cut_off", "product", "budget", "note", "other",
]  # fmt: skip

_LIKENESS = 80


def fold(s: str) -> str:
    """Letters only, lower case, without tone marks, "đ" kept apart from "d"."""
    s = unicodedata.normalize("NFD", s.lower().replace("đ", "\u0001"))
    s = "".join(c for c in s if not unicodedata.combining(c)).replace("\u0001", "đ")
    return " ".join(re.sub(r"[^\wđ]+", " ", s).split())


@cache
def _catalogue() -> dict[str, Role]:
    return {fold(name): row["role"] for row in rules.load("columns")["column"] for name in row["examples"]}


# Words that settle a heading whatever else it says; the first that occurs wins.
_DECISIVE: tuple[tuple[str, Role], ...] = (
    ("chu tri phoi hop", "lead_and_cooperating"),
    ("phoi hop", "cooperating"),
    ("chu tri", "lead"),
    ("thoi gian", "deadline"),
    ("thoi han", "deadline"),
    ("tien đo", "deadline"),
    ("san pham", "product"),
    ("kinh phi", "budget"),
    ("ghi chu", "note"),
    ("nhiem vu", "task"),
)


# Who carries out: "Phòng, ban, đơn vị thực hiện".
_DOER = re.compile(
    r"^(?:cac )?(?:co quan|đon vi|ca nhan|nguoi|can bo|bo phan|phong|to chuc|tap the|luc luong|khoa|"
    r"thanh vien|uy vien|đong chi|đ c|đau moi|ban|so|chi bo)\b.* "
    r"(?:thuc hien|phu trach|tham muu|chiu trach nhiem|đam nhiem|đam trach|trien khai|đuoc phan cong|đuoc giao)"
    r"(?: chinh)?$"
)


@lru_cache(maxsize=1024)
def role_of(heading: str) -> Role | None:
    """The role that a heading names: "Đơn vị chủ trì thực hiện" is lead; None where nothing is close."""
    folded = fold(heading)
    if not folded:
        return None
    best = process.extractOne(folded, _catalogue().keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    if best and best[1] >= 90:
        return _catalogue()[best[0]]
    for word, role in _DECISIVE:
        if f" {word} " in f" {folded} ":
            return role
    if _DOER.match(folded):
        return "lead"
    return _catalogue()[best[0]] if best else None
