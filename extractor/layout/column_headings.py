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


@cache
def _decisive() -> dict[str, Role]:
    """Words that settle a heading whatever else it says; the first that occurs wins."""
    return {fold(row["word"]): row["role"] for row in rules.load("columns")["decisive"]}


@cache
def _doer() -> re.Pattern[str]:
    """Who carries out: "Phòng, ban, đơn vị thực hiện"."""
    words = rules.load("columns")["doer"]
    heads, doing = ("|".join(fold(w) for w in words[key]) for key in ("heads", "doing"))
    return re.compile(rf"^(?:cac )?(?:{heads})\b.* (?:{doing})(?: chinh)?$")


@lru_cache(maxsize=1024)
def role_of(heading: str) -> Role | None:
    """The role that a heading names: "Đơn vị chủ trì thực hiện" is lead; None where nothing is close."""
    folded = fold(heading)
    if not folded:
        return None
    best = process.extractOne(folded, _catalogue().keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    if best and best[1] >= 90:
        return _catalogue()[best[0]]
    for word, role in _decisive().items():
        if f" {word} " in f" {folded} ":
            return role
    if _doer().match(folded):
        return "lead"
    return _catalogue()[best[0]] if best else None
