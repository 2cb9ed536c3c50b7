"""The verbs that open a task or follow its doer (`rules/verbs.toml`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractor.recognise.phrases import Phrases, Word
from extractor.rules import load

_LONGEST_COMPOUND = 2


@cache
def _verbs() -> Phrases[str]:
    return Phrases((v, row["result"]) for row in load("verbs")["class"] for v in row["verbs"])


@cache
def _list(section: str) -> Phrases[str]:
    return Phrases((w, section) for w in load("verbs")[section]["words"])


def verb_at(words: Sequence[Word], i: int) -> int | None:
    """Where the verb phrase at word `i` ends, its modifiers included ("Tiếp tục rà soát"); None without a verb."""
    found = _verbs().at(words, i)
    while modifier := _list("modifier").at(words, i):
        i = modifier[0]
        if i < len(words) and words[i].text == "," and _list("modifier").at(words, i + 1):
            i += 1
        found = _verbs().at(words, i) or found
    return found[0] if found else None


def modal_at(words: Sequence[Word], i: int) -> int | None:
    """Where the words between a doer and the verb end at word `i` ("có trách nhiệm", "theo"); None without."""
    found = _list("modal").at(words, i)
    return found[0] if found else None


def ends_name(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` begins a duty ("chủ trì", "trình") or a function word that no name contains.

    "trình" in "công trình thủy lợi" and "ký" in "Đăng ký đất đai" are halves of a word.
    """
    if i >= len(words) or words[i].capital or _list("name_end").at(words, i) is None:
        return False
    found = ((k, _list("compound").at(words, k)) for k in range(max(0, i - _LONGEST_COMPOUND), i + 1))
    return not any(whole and whole[0] > i and k <= i for k, whole in found)


def nominal_at(words: Sequence[Word], i: int) -> int | None:
    """Where a verb at word `i` ends that may stand for a field of work in a name ("phát triển"); None without."""
    found = _list("nominal").at(words, i)
    return found[0] if found else None


def duty_at(words: Sequence[Word], i: int) -> bool:
    """Whether a verb or phrase at word `i` shows that a doer stands before it ("chủ trì", "có trách nhiệm")."""
    return not (i < len(words) and words[i].capital) and _list("duty").at(words, i) is not None
