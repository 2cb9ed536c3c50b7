"""The words of a name that is not in the gazetteer, from its head to where it ends."""

from __future__ import annotations

from collections.abc import Callable

from extractor.recognise.agency_reading import (
    JOINTS,
    LONGEST,
    Entry,
    Reading,
    level_end,
    mid_word,
    new_agency,
    phrase_set,
    quantifier_at,
    table,
)
from extractor.recognise.verbs import duty_at, ends_name, modal_at, nominal_at, verb_at

PARENT_KINDS = frozenset(
    {"ministry", "provincial_department", "people_committee", "people_council", "office", "party", "unit", "other"}
)
_CAPITAL_RUN = 12
_LOWER_RUN = 7
_PART_RUN = 10
_DUTY_WITHIN = 7
_MOST_PARTS = 4


def goes_on_in_lower_case(r: Reading, i: int) -> bool:
    """Whether running text goes on with a word that is no verb, so that the head before it is no name."""
    if r.cell or i >= len(r.words) or not r.words[i].letters or r.fold(i) in JOINTS:
        return False
    return not (verb_at(r.words, i) or modal_at(r.words, i) or ends_name(r.words, i))


def own_body(r: Reading, i: int) -> int:
    """Past the head that alone names whose part it is: "Ban Giám đốc | Sở"; `i` where a name of its own begins."""
    own = table("head", "own").at(r.words, i) if r.capital(i) else None
    return own[0] if own and not r.capital(own[0]) and not goes_on_in_lower_case(r, own[0]) else i


def name_run(r: Reading, i: int, head: str, owner_at: Callable[[Reading, int], Entry | None]) -> int:
    """Past the words of a name after its head; see `[head]` in the rules for what goes on with it.

    `owner_at` reads the agency that a name ends with ("Phòng Tổ chức Sở Nội vụ").
    """
    end, lower = i, 0
    project = head.casefold() in phrase_set("head", "goes_on_after")
    while end < len(r.words) and end - i < LONGEST:
        if (end > i or not r.capital(i)) and (level := _level_of_name(r, end)) > end:
            return level
        if r.capital(end) or (r.fold(end).isdigit() and r.fold(end + 1) not in ("/", ".")):
            if end > i and new_agency(r, end):
                owner = owner_at(r, end)
                return owner.end if owner and owner.kind in PARENT_KINDS and owner.kind != "people_committee" else end
            end, lower = end + 1, 0
        elif r.fold(end) in ("-", "&", "/", "và") and _joins_name(r, end):
            end, lower = end + 2, 0
        elif r.fold(end) in ("-", ",", "và") and end > i and (part := _part_end(r, end)):
            end, lower = part, 0
        elif more := table("head", "inside").at(r.words, end):
            end, lower = more[0], lower + more[0] - end
        elif project and (more := table("head", "goes_on").at(r.words, end)):
            end, lower = more[0], 0
        elif lower >= _LOWER_RUN or _stops(r, end):
            break
        else:
            end, lower = end + 1, lower + 1
    return end


def _joins_name(r: Reading, i: int) -> bool:
    """Whether a mark or "và" at word `i` joins two words of one name; a slash with a space parts two agencies."""
    spaced = i + 1 < len(r.words) and r.words[i].end < r.words[i + 1].start
    return r.capital(i + 1) and not starts_entry(r, i + 1) and not (spaced and r.fold(i) == "/")


def _level_of_name(r: Reading, i: int) -> int:
    """Where the level that a name ends with at word `i` ends: "tỉnh", "TP. Lào Cai", "các xã, phường"."""
    half = table("level", "half_of").at(r.words, i - 1) if i else None
    if half and half[0] > i:  # "bản" in "văn bản"
        return i
    unit = table("level", "units", "whole").at(r.words, quantifier_at(r, i))
    blocked = table("not_agency", "words").at(r.words, i)
    if unit is None or (blocked and blocked[0] > i + 1) or (r.capital(i) and r.words[i].text.istitle()):
        return i
    return level_end(r, i)


def _stops(r: Reading, i: int) -> bool:
    """Whether a word in lower case, or a mark, ends a name."""
    return (
        not r.words[i].letters
        or quantifier_at(r, i) > i
        or ends_name(r.words, i)
        or r.fold(i) in JOINTS
        or (not r.cell and verb_ends_name(r, i))
        or table("tail", "named").at(r.words, i) is not None
        or r.fold(i) == "thuộc"
    )


def verb_ends_name(r: Reading, i: int) -> bool:
    """Whether a verb at word `i` ends a name.

    "tạo" in "Phòng Đào tạo" is half of a word, "phát triển" in "Trung tâm Tư vấn phát triển công nghiệp hỗ
    trợ …" the field of work of one that is followed by its duty.
    """
    verb = verb_at(r.words, i)
    if verb is None or verb <= i + 1 or any(r.capital(k) for k in range(i + 1, verb)):  # "Thường trực Ban Chỉ huy"
        return False
    whole = verb_at(r.words, i - 1)
    if whole and whole > i and r.capital(i - 1):
        return False
    field = nominal_at(r.words, i)
    if field is None:
        return True
    if _ends_with_level(r, field):  # "Trung tâm Dịch vụ tổng hợp xã"
        return False
    follows = _verb_after(r, field)
    if follows is None and _verb_before(r, i):  # "Phòng Quản lý đào tạo" in a heading
        return field < len(r.words) and r.fold(field) not in (".", ":", ";", ",", "\n", ")")
    if follows is None or r.fold(follows) in ("trình", "báo", "gửi"):
        return True
    return not (duty_at(r.words, follows) or (_verb_before(r, i) and follows > field))


def _ends_with_level(r: Reading, i: int) -> bool:
    """Whether a level stands at word `i`, and behind it the name is at its end."""
    end = level_end(r, i) if quantifier_at(r, i) == i and not r.capital(i) else i
    if end == i:
        return False
    return end >= len(r.words) or not r.words[end].letters or r.fold(end) in JOINTS or duty_at(r.words, end)


def _verb_after(r: Reading, i: int) -> int | None:
    """The next verb after word `i` in the same clause, no more than a name's words away."""
    for k in range(i, min(i + _DUTY_WITHIN, len(r.words))):
        if (
            not r.words[k].letters
            or quantifier_at(r, k) > k
            or r.capital(k)
            or table("head", "not_part").at(r.words, k)
        ):
            return None
        verb = verb_at(r.words, k)
        if (verb and verb > k + 1) or duty_at(r.words, k):
            return k
        if ends_name(r.words, k) or r.fold(k) in JOINTS:
            return None
    return None


def _verb_before(r: Reading, i: int) -> bool:
    """Whether the verb of a field of work ends right before word `i`: "Xúc tiến | đầu tư", "quản lý | xây dựng"."""
    return any(
        verb_at(r.words, k) == i and (r.capital(k) or nominal_at(r.words, k) == i) for k in range(max(0, i - 3), i)
    )


def starts_entry(r: Reading, i: int) -> bool:
    """Whether a name or a person's title begins at word `i`."""
    found = table("head", "office", "unit", "party", "other", "provincial_department").at(r.words, i)
    if found and found[0] == i + 1 and mid_word(r, i):  # "vụ" in "Nghiệp vụ Dược"
        return new_agency(r, i)
    return new_agency(r, i) or (found is not None and r.capital(found[0]))


def _part_end(r: Reading, joint: int) -> int:
    """Where the part of a name after a comma or "và" ends; 0 where another entry or a duty begins there."""
    if r.fold(joint) == "," and _series_goes_on(r, joint):
        return joint + 2
    return _lower_part(r, joint + 1, _MOST_PARTS)


def _series_goes_on(r: Reading, comma: int) -> bool:
    """Whether a comma is inside a name: "Phòng Kinh tế, Hạ tầng và Đô thị" ends in "và" and a capital."""
    j = comma + 1
    if not r.capital(j) or starts_entry(r, j) or quantifier_at(r, j) > j:
        return False
    while j - comma < _CAPITAL_RUN and j < len(r.words) and r.words[j].letters and r.fold(j) != "và":
        j += 1
    return r.fold(j) in ("và", "&") and r.capital(j + 1) and not starts_entry(r, j + 1)


def _lower_part(r: Reading, j: int, deeper: int) -> int:
    """Where a part in lower case at word `j` ends ("biên chế" in "Phòng Tổ chức, biên chế"); 0 if it is none.

    A noun that gathers ("đơn vị", "các"), a duty or a function word is no part of a name; in running text the
    part must be followed by a mark, a verb or the next agency.
    """
    if j >= len(r.words) or not r.words[j].letters or r.capital(j) or not _may_open_part(r, j):
        return 0
    k = nominal_at(r.words, j) or j + 1
    while k < len(r.words) and k - j <= _PART_RUN and r.words[k].letters and not r.capital(k):
        if r.fold(k) in JOINTS or quantifier_at(r, k) > k or ends_name(r.words, k) or _level_of_name(r, k) > k:
            break
        if table("tail", "named").at(r.words, k) or r.fold(k) == "thuộc" or (not r.cell and verb_ends_name(r, k)):
            break
        k += 1
    if k >= len(r.words) or r.fold(k) in (".", ";", ":", "\n", ")", "(", "-") or _level_of_name(r, k) > k:
        return k
    if r.fold(k) in JOINTS:
        nxt = k + 1
        listed = r.capital(nxt) or quantifier_at(r, nxt) > nxt or table("noun", "bare").at(r.words, nxt)
        spread = r.cell or listed or (deeper and _lower_part(r, nxt, deeper - 1))
        return k if spread or (r.fold(k) == "," and verb_at(r.words, nxt)) else 0
    told = verb_at(r.words, k) or modal_at(r.words, k) or ends_name(r.words, k) or duty_at(r.words, k)
    return k if told or r.cell or r.fold(k) == "thuộc" or table("tail", "named").at(r.words, k) else 0


def _may_open_part(r: Reading, j: int) -> bool:
    """Whether a word in lower case may go on with a name after a comma."""
    if quantifier_at(r, j) > j or ends_name(r.words, j) or modal_at(r.words, j) or duty_at(r.words, j):
        return nominal_at(r.words, j) is not None and quantifier_at(r, j) == j and not duty_at(r.words, j)
    if table("head", "not_part").at(r.words, j) or level_end(r, j) > j:
        return False
    noun = table("noun", "after_quantifier", "bare").at(r.words, j)
    blocked = table("not_agency", "words").at(r.words, j)
    if noun and not (blocked and blocked[0] > noun[0]):
        return False
    return verb_at(r.words, j) is None or nominal_at(r.words, j) is not None
