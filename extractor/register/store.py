"""The register as a store: open it, put entries in, look them up. The same code for SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, func, select, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from extractor.errors import UnreadableError, UnsupportedError
from extractor.register import schema
from extractor.register.entry import Entry, Origin
from extractor.register.keys import plain_title, toneless
from extractor.register.location import shown, url_of
from extractor.register.schema import coverage, entries, sources

Column = Literal["key", "key_year", "alternate_key", "skeleton", "skeleton_day", "number_day", "title_key"]
_BATCH = 400
_FIELDS = tuple(f for f in Entry.__struct_fields__ if f != "source")


class Covered(msgspec.Struct, frozen=True):
    """That the register has `count` documents of an organ (its code) and issuer in a year."""

    organ: str | None
    issuer: str | None
    year: int | None
    origin: Origin
    count: int


class Source(msgspec.Struct, frozen=True):
    """A file the register was filled from, and how many of its entries it holds."""

    name: str
    origin: Origin
    imported_on: dt.date
    rows: int
    entries: int


class Register:
    """An open register. Writing happens in `transaction`: whole or not at all."""

    def __init__(self, engine: Engine, location: str) -> None:
        self._engine = engine
        self.location = location

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose writes are kept together, or lost together where an error leaves the block."""
        with _named(self.location), self._engine.begin() as connection:
            yield connection

    def find(self, column: Column, values: Iterable[str], limit: int | None = None) -> list[Entry]:
        """The entries whose `column` is one of `values`; at most `limit` for each batch of values."""
        wanted = list(dict.fromkeys(values))
        found: list[Entry] = []
        with _named(self.location), self._engine.connect() as connection:
            for i in range(0, len(wanted), _BATCH):
                query = _select().where(entries.c[column].in_(wanted[i : i + _BATCH]))
                found += map(_entry, connection.execute(query.limit(limit)))
        return found

    def get(self, id: int) -> Entry | None:
        """The entry of that id."""
        with _named(self.location), self._engine.connect() as connection:
            row = connection.execute(_select().where(entries.c.id == id)).first()
        return _entry(row) if row else None

    def search(self, query: str, limit: int = 20) -> list[Entry]:
        """The entries that hold the words of `query`, with or without tone marks; the likest first."""
        words = "".join(c if c.isalnum() else " " for c in toneless(query)).split()
        if not words:
            return []
        with _named(self.location), self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                match = " ".join(f'"{w}"*' for w in words)
                rows = connection.execute(
                    _select()
                    .where(text("entries.id IN (SELECT rowid FROM entries_fts WHERE entries_fts MATCH :m LIMIT 2000)"))
                    .params(m=match)
                )
            else:
                plain = " ".join(words)
                rows = connection.execute(
                    _select()
                    .where(text(":q <% search"))
                    .order_by(text("search <->> :q"), entries.c.id)
                    .limit(2000)
                    .params(q=plain)
                )
            return _ranked(query, map(_entry, rows))[:limit]

    def entries(self) -> Iterator[Entry]:
        """Every entry in the order it came in, a batch in memory at a time."""
        last = 0
        with _named(self.location), self._engine.connect() as connection:
            while batch := connection.execute(
                _select().where(entries.c.id > last).order_by(entries.c.id).limit(2000)
            ).all():
                yield from map(_entry, batch)
                last = batch[-1].id

    def coverage(self) -> list[Covered]:
        """How many documents there are of which organ and year."""
        with _named(self.location), self._engine.connect() as connection:
            return [Covered(*r) for r in connection.execute(select(coverage))]

    def sources(self) -> list[Source]:
        """The files the register was filled from."""
        query = (
            select(
                sources.c.name, sources.c.origin, sources.c.imported_on, sources.c.rows,
                func.count(entries.c.id).label("entries"),
            )
            .outerjoin(entries)
            .group_by(sources.c.id)
            .order_by(sources.c.id)
        )  # fmt: skip
        with _named(self.location), self._engine.connect() as connection:
            return [Source(*r) for r in connection.execute(query)]


def open_register(location: str, *, create: bool = False) -> Register:
    """The register at `location`, a file name or `postgresql://…`; `create` makes it where there is none.

    Raises `UnreadableError` where there is none or it is no register, `UnsupportedError` without the driver.
    """
    url = url_of(location)
    if url.get_backend_name() == "sqlite" and url.database:
        if create:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        elif not Path(url.database).is_file():
            raise UnreadableError(
                shown(location), "Chưa có sổ văn bản nào ở đây.", "Nạp sổ trước: kehoach register import TỆP."
            )
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        raise UnsupportedError(
            shown(location),
            f"Chưa cài trình kết nối PostgreSQL ({error.name}).",
            'Cài bằng: pip install "kehoach[postgres]".',
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune)
    with _named(location), engine.begin() as connection:
        version = schema.version_of(connection)
        if version is None and not create:
            raise UnreadableError(
                shown(location),
                "Cơ sở dữ liệu này không phải là sổ văn bản.",
                "Nạp sổ trước: kehoach register import TỆP.",
            )
        if version not in (None, schema.VERSION):
            raise UnsupportedError(
                shown(location), f"Sổ thuộc phiên bản {version}, chương trình này dùng phiên bản {schema.VERSION}.",
                "Xuất sổ bằng phiên bản cũ rồi nạp lại.",
            )  # fmt: skip
        if create:
            schema.create(connection)
    return Register(engine, location)


def _select() -> Select[Any]:
    columns = [entries.c[f] for f in _FIELDS]
    return select(*columns, sources.c.name.label("source")).join(sources)


def _entry(row: Row[Any]) -> Entry:
    return Entry(**row._mapping)


def _ranked(query: str, found: Iterable[Entry]) -> list[Entry]:
    from rapidfuzz import fuzz

    def likeness(e: Entry) -> float:
        text = f"{e.identifier or ''} {e.title or ''} {e.issuer or ''}"
        plain = fuzz.partial_ratio(toneless(query), toneless(text))
        # Among those alike without tone marks, the one whose marks agree too.
        return 2 * plain + fuzz.token_set_ratio(plain_title(query), plain_title(text))

    return sorted(found, key=lambda e: (-likeness(e), e.id or 0))


@contextmanager
def _named(location: str) -> Iterator[None]:
    """A fault of the database, told by the register's name and without a password."""
    try:
        yield
    except SQLAlchemyError as error:
        detail = str(error.orig if isinstance(error, DatabaseError) else error).strip().splitlines()[:1]
        raise UnreadableError(
            shown(location),
            f"Không dùng được sổ văn bản ({''.join(detail)}).",
            "Kiểm tra tệp, địa chỉ máy chủ và quyền.",
        ) from error


def _tune(connection: Any, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA mmap_size = 4294967296")
