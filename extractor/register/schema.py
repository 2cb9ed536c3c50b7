"""The tables of a register, for SQLite (FTS5) and PostgreSQL (pg_trgm)."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    select,
    text,
)

VERSION = 1

metadata = MetaData()

register_info = Table("register_info", metadata, Column("version", Integer, nullable=False))

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("origin", String(16), nullable=False),
    Column("sha256", String(64)),
    Column("imported_on", Date, nullable=False),
    Column("rows", Integer, nullable=False),
)

# `*_day` columns hold two values in one, so that a batch of them is one indexed IN list on either database.
entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", String(40), nullable=False, unique=True),
    Column("identifier", Text),
    Column("type", Text),
    Column("issued_on", Date),
    Column("issuer", Text),
    Column("title", Text),
    Column("effect", String(20)),
    Column("effect_text", Text),
    Column("effective_on", Date),
    Column("expires_on", Date),
    Column("replaced_by", Text),
    Column("url", Text),
    Column("note", Text),
    Column("alternate", Text),
    Column("origin", String(16), nullable=False),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("key", Text),
    Column("key_year", Text),
    Column("alternate_key", Text),
    Column("skeleton", Text),
    Column("skeleton_day", Text),
    Column("number_day", Text),
    Column("title_key", Text),
    Column("organ", Text),
    Column("year", Integer),
    Column("search", Text, nullable=False),
    *(Index(f"ix_entries_{c}", c) for c in ("key", "key_year", "skeleton", "skeleton_day", "number_day", "title_key")),
    Index(
        "ix_entries_alternate_key",
        "alternate_key",
        sqlite_where=text("alternate_key IS NOT NULL"),
        postgresql_where=text("alternate_key IS NOT NULL"),
    ),
)

# How many documents of which organ and year there are: what "not found" can mean.
coverage = Table(
    "coverage",
    metadata,
    Column("organ", Text),
    Column("issuer", Text),
    Column("year", Integer),
    Column("origin", String(16), nullable=False),
    Column("count", Integer, nullable=False),
)

_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS entries_fts USING fts5("
    "search, content='entries', content_rowid='id', tokenize='unicode61')",
    "CREATE TRIGGER IF NOT EXISTS entries_fts_insert AFTER INSERT ON entries BEGIN "
    "INSERT INTO entries_fts(rowid, search) VALUES (new.id, new.search); END",
    "CREATE TRIGGER IF NOT EXISTS entries_fts_update AFTER UPDATE OF search ON entries BEGIN "
    "INSERT INTO entries_fts(entries_fts, rowid, search) VALUES ('delete', old.id, old.search); "
    "INSERT INTO entries_fts(rowid, search) VALUES (new.id, new.search); END",
    "CREATE TRIGGER IF NOT EXISTS entries_fts_delete AFTER DELETE ON entries BEGIN "
    "INSERT INTO entries_fts(entries_fts, rowid, search) VALUES ('delete', old.id, old.search); END",
)
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS ix_entries_search ON entries USING gin (search gin_trgm_ops)",
)


def create(connection: Connection) -> None:
    """Make the tables and the search index where they are missing."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_POSTGRESQL[0]))
    metadata.create_all(connection)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL[1:]:
        connection.execute(text(statement))
    if connection.execute(select(register_info.c.version)).first() is None:
        connection.execute(register_info.insert().values(version=VERSION))


def version_of(connection: Connection) -> int | None:
    """The version of the register's tables, or None where the database holds no register."""
    if not inspect(connection).has_table("register_info"):
        return None
    return connection.execute(select(register_info.c.version)).scalar()
