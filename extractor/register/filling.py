"""Putting entries into the register: each once, with all that it is looked up by."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, select

from extractor.register.entry import Entry, Origin
from extractor.register.keys import day, in_year, number_parts, plain_title, title_key, toneless
from extractor.register.schema import coverage, entries, sources

_BATCH = 400
_FIELDS = tuple(f for f in Entry.__struct_fields__ if f not in ("id", "source"))


class Stored(msgspec.Struct, frozen=True):
    """How many entries a call put in, changed, and found as they were."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


def put(connection: Connection, new: Sequence[Entry], source_id: int) -> Stored:
    """Put entries in. An entry that is there already is brought up to date, never doubled."""
    rows = {identity(e): e for e in new}
    there: dict[str, Row[Any]] = {}
    names = list(rows)
    for i in range(0, len(names), _BATCH):
        query = select(entries).where(entries.c.identity.in_(names[i : i + _BATCH]))
        there |= {r.identity: r for r in connection.execute(query)}
    fresh = [_values(e, key, source_id) for key, e in rows.items() if key not in there]
    changed = 0
    for key, row in there.items():
        values = _values(rows[key], key, source_id)
        if difference := {k: v for k, v in values.items() if k != "source_id" and v != row._mapping[k]}:
            connection.execute(entries.update().where(entries.c.id == row.id).values(**difference))
            changed += 1
    if fresh:
        connection.execute(entries.insert(), fresh)
    return Stored(len(fresh), changed, len(new) - len(fresh) - changed)


def put_source(connection: Connection, name: str, origin: Origin, sha256: str | None, rows: int) -> int:
    """The id of the source of that name, made or brought up to date."""
    values = {"origin": origin, "sha256": sha256, "imported_on": dt.date.today(), "rows": rows}
    known = connection.execute(select(sources.c.id).where(sources.c.name == name)).scalar()
    if known is None:
        return int(
            connection.execute(sources.insert().values(name=name, **values).returning(sources.c.id)).scalar_one()
        )
    connection.execute(sources.update().where(sources.c.id == known).values(**values))
    return int(known)


def count_coverage(connection: Connection) -> None:
    """Count anew what the register covers; to be called at the end of each transaction that puts entries in."""
    groups = (entries.c.organ, entries.c.issuer, entries.c.year, entries.c.origin)
    connection.execute(delete(coverage))
    counted = select(*groups, func.count()).group_by(*groups)
    connection.execute(coverage.insert().from_select(["organ", "issuer", "year", "origin", "count"], counted))


def identity(entry: Entry) -> str:
    """What makes an entry itself: number, date, issuer, title and where it is from; the rest may change."""
    parts = number_parts(entry.identifier)
    seen = (
        parts.strict if parts else "",
        entry.issued_on.isoformat() if entry.issued_on else "",
        plain_title(entry.issuer or ""),
        plain_title(entry.title or ""),
        entry.type if not parts else "",
        entry.url if not parts and not entry.title else "",
        entry.origin,
    )
    return hashlib.sha1("\x1f".join(s or "" for s in seen).encode()).hexdigest()


def _values(entry: Entry, key: str, source_id: int) -> dict[str, Any]:
    parts, other = number_parts(entry.identifier), number_parts(entry.alternate)
    shown_text = " ".join(s for s in (entry.type, entry.identifier, entry.alternate, entry.title, entry.issuer) if s)
    return {
        **{f: getattr(entry, f) for f in _FIELDS},
        "identity": key,
        "source_id": source_id,
        "key": parts.key if parts else None,
        "key_year": in_year(parts.key, entry.issued_on) if parts else None,
        "alternate_key": other.key if other else None,
        "skeleton": parts.skeleton if parts else None,
        "skeleton_day": day(parts.skeleton, entry.issued_on) if parts else None,
        "number_day": day(parts.number, entry.issued_on) if parts else None,
        "title_key": title_key(entry.title) if entry.title else None,
        "organ": parts.organ if parts else None,
        "year": entry.year,
        "search": toneless(shown_text),
    }
