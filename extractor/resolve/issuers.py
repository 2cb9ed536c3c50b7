"""What is known of an issuer besides its printed name: the name in full, and whether it existed on a day.

Source of the dates: Nghị quyết số 176/2025/QH15 and Nghị định số 45/2025/NĐ-CP (bộ, sở), Nghị quyết số
202/2025/QH15 (tỉnh), Nghị quyết số 203/2025/QH15 (cấp huyện); the rows are in rules/agencies, provinces, issuers.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache

from msgspec.structs import replace

from extractor.document import Citation, Header
from extractor.recognise.agencies import canonical
from extractor.recognise.agency_names import Named, named_agencies
from extractor.recognise.provinces import find_province
from extractor.rules import load

_PROVINCE = re.compile(r"(?:tỉnh|thành phố|Tỉnh ủy|Thành ủy) (?P<name>[^,;()]+)$")
_COMMUNE = re.compile(r"(?P<level>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã)$")


def name_issuer(c: Citation, header: Header | None) -> Citation:
    """The mention with its issuer's full name, the document's own place put in where the text leaves it out.

    "UBND tỉnh" in a plan of Quảng Ngãi is "Ủy ban nhân dân tỉnh Quảng Ngãi", "Tỉnh ủy" is "Tỉnh ủy Quảng Ngãi".
    """
    if c.issuer is None or _committee().match(c.issuer.name):
        return c
    place = header.place if header else None
    own = header.issuer if header else None
    if own and (own.kind == "ministry" or own.name.casefold().startswith(tuple(load("issuers")["countrywide"]))):
        place = None  # "UBND tỉnh" in a paper of the centre is any province
    on = c.issued_on or (header.issued_on if header else None)
    full = _full_name(" ".join(c.issuer.name.split()), on, place)
    if full and own and (level := _COMMUNE.search(full)):
        full = _with_commune(full, level["level"], own.canonical or own.name)
    return replace(c, issuer=replace(c.issuer, canonical=full))


@lru_cache(maxsize=4096)
def _full_name(name: str, on: dt.date | None, place: str | None) -> str | None:
    full = canonical(name, on=on, place=place)[0]
    province = find_province(place)
    if full and province and full.endswith(("Tỉnh ủy", "Thành ủy", "Đảng bộ tỉnh", "Đảng bộ thành phố")):
        of_province = "tỉnh" in full.rpartition(" ")[2].lower() or full.endswith("Tỉnh ủy")
        return f"{full} {province.name}" if of_province == (province.kind_on(on) == "tỉnh") else full
    return full


def _with_commune(full: str, level: str, own: str) -> str:
    """ "Đảng ủy xã" in a paper of UBND xã Tân Lập is that of xã Tân Lập."""
    at = re.search(rf"(?<!\w){level} (?P<name>[^,;()]+)$", own)
    return f"{full} {at['name'].strip()}" if at else full


def existence(issuer: str, on: dt.date) -> str | None:
    """Why an issuer cannot have signed on a day, in Vietnamese; None where nothing speaks against it.

    "Bộ Nông nghiệp và Môi trường" did not exist on 05/3/2020. Departments changed from day to day with their
    province in March 2025, so that nothing is said of that month.
    """
    rules = load("issuers")["existence"]
    body = _body(issuer)
    if body and not body.exists(on):
        local = body.name.startswith(tuple(rules["gradual"]))
        if not (local and rules["gradual_from"] <= on <= rules["gradual_to"]):
            return _reason(body.valid_from, body.valid_to, on)
    for row in rules["level"]:
        if re.search(rf"(?<!\w){row['word']} [^\W\d_]", issuer):
            first, last = row.get("valid_from"), row.get("valid_to")
            if (first or on) > on or (last or on) < on:
                return _reason(first, last, on)
    named = _PROVINCE.search(issuer)
    province = find_province(named["name"].strip()) if named else None
    if province and province.valid_to and on > province.valid_to:
        return _reason(None, province.valid_to, on)
    return None


@cache
def _committee() -> re.Pattern[str]:
    """A committee of a council bears a name that a department had: "Ban Dân tộc của Hội đồng nhân dân tỉnh"."""
    councils = "|".join(map(re.escape, load("issuers")["existence"]["committees_of"]))
    return re.compile(rf"Ban [^\n\t]{{2,60}}? (?:của |thuộc )?(?:{councils})")


@cache
def _dated() -> tuple[Named, ...]:
    silent = load("issuers")["existence"]["silent"]
    dated = (a for a in named_agencies() if (a.valid_from or a.valid_to) and a.name not in silent)
    return tuple(sorted(dated, key=lambda a: -len(a.name)))


def _body(issuer: str) -> Named | None:
    """The dated agency whose name `issuer` is or holds ("Bộ trưởng Bộ Y tế", "Sở Nội vụ tỉnh Lào Cai")."""
    if _committee().match(issuer):
        return None
    return next(
        (a for a in _dated() if a.name in issuer and re.search(rf"(?<!\w){re.escape(a.name)}(?!\w)", issuer)), None
    )


def _reason(first: dt.date | None, last: dt.date | None, on: dt.date) -> str:
    if first and on < first:
        return f"chỉ được thành lập từ ngày {first:%d/%m/%Y}"
    return f"đã kết thúc hoạt động từ sau ngày {last:%d/%m/%Y}"
