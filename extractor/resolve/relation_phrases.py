"""The phrases that tell how a document is used, as patterns (`rules/relations.toml`)."""

from __future__ import annotations

import re
from functools import cache

from extractor.document import Relation
from extractor.recognise.pinpoints import PINPOINT
from extractor.rules import load

ALIAS = re.compile(
    r"\((?:sau đây |dưới đây )?(?:được )?(?:viết tắt|viết gọn|gọi tắt|gọi chung|gọi|viết)(?: chung)? là ?:? ?[“\"]?",
    re.I,
)


@cache
def rows() -> dict[str, tuple[Relation, bool]]:
    """Phrase -> relation, and whether it must stand right before the mention."""
    table: dict[str, tuple[Relation, bool]] = {}
    for row in load("relations")["relation"]:
        for phrase in row.get("before", ()):
            table[phrase] = (row["name"], row.get("adjacent", False))
        for phrase in row.get("passive", ()):
            table[phrase] = (row["name"], True)
    return table


@cache
def phrases() -> re.Pattern[str]:
    """A phrase of relation, the longest first."""
    words = sorted(rows(), key=len, reverse=True)
    # "trên cơ sở đó" points back to the sentence before and leads on to no document.
    compounds = load("relations")["compounds"]
    apart = {first: "".join(f"(?<!{word} )" for word in before) for first, before in compounds.items()}
    forms = "|".join(f"{apart.get(phrase.split()[0], '')}{re.escape(phrase)}" for phrase in words)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w| (?:đó|ấy)(?!\w))", re.I)


@cache
def guiding() -> re.Pattern[str]:
    """What may stand between the parts of "hướng dẫn … thi hành"."""
    words = "|".join(map(re.escape, sorted(load("relations")["guiding"]["between"], key=len, reverse=True)))
    return re.compile(rf"(?: |{words})*$", re.I)


@cache
def by() -> re.Pattern[str]:
    """ "được sửa đổi, bổ sung bởi", "đã được thay thế bằng" between a document and the one that changed it."""
    verbs = {v: row["name"] for row in load("relations")["relation"] for v in row.get("by", ())}
    names = "|".join(map(re.escape, sorted(verbs, key=len, reverse=True)))
    return re.compile(
        rf",? ?\(?(?:hiện |nay |hiện nay )?(?:đã )?"
        rf"(?:(?:hết hiệu lực|không còn phù hợp)(?:,| và|, đã| và đã) )?"
        rf"(?:được|bị) (?:(?:{names})(?:,| và| hoặc) ){{0,2}}(?P<verb>{names})(?: một số (?:điều|nội dung))?"
        rf" (?:bởi|tại|theo|bằng|của) (?:các )?(?:{PINPOINT},? (?:và |của )?)*$",
        re.I,
    )


@cache
def by_verbs() -> dict[str, Relation]:
    """The relation that each verb of `by` makes."""
    return {v: row["name"] for row in load("relations")["relation"] for v in row.get("by", ())}


@cache
def expiry() -> re.Pattern[str]:
    """A phrase behind a document that ends it: "hết hiệu lực"."""
    words = [(p, row["name"]) for row in load("relations")["relation"] for p in row.get("after", ())]
    return re.compile(rf"[ ,]{{1,2}}(?:sẽ |đã |đều )?(?:{'|'.join(re.escape(p) for p, _ in words)})(?!\w)", re.I)


@cache
def content() -> re.Pattern[str]:
    """What stands in a document and is carried out with it: "các nhiệm vụ tại"."""
    nouns = "|".join(map(re.escape, sorted(load("relations")["content"]["nouns"], key=len, reverse=True)))
    return re.compile(rf"(?: [^\W\d_]+,?){{0,10}}? (?:{nouns})(?!\w)[^,;.]{{0,120}}$", re.I)


@cache
def object_of() -> re.Pattern[str]:
    """What a verb may be about between it and the place where that stands: "bãi bỏ thủ tục số 3 tại"."""
    words = "|".join(map(re.escape, load("relations")["content"]["not_objects"]))
    return re.compile(
        rf"(?: không còn phù hợp| (?!(?:{words})(?!\w))(?:[\w-]+|[“\"][^”\"\n]{{1,120}}[”\"])){{0,16}} ?", re.I
    )


WORDING = re.compile(r" (?:các )?(?:cụm từ|từ ngữ|từ|chữ) [“\"]", re.I)


@cache
def cut_off() -> re.Pattern[str]:
    """A word over which a phrase does not reach: "gồm"."""
    words = "|".join(map(re.escape, sorted(load("relations")["cut_off"]["words"], key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)


@cache
def links() -> re.Pattern[str]:
    """What may stand between a phrase and its document, or between two documents of one list."""
    links = "|".join(map(re.escape, sorted(load("relations")["lists"]["links"], key=len, reverse=True)))
    return re.compile(rf"(?:\s|{links}|{PINPOINT})*$", re.I)


@cache
def scheme() -> re.Pattern[str]:
    """A plan in whose brackets the approving act stands."""
    names = "|".join(map(re.escape, load("relations")["schemes"]["names"]))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I)
