"""Where the register lies: a file of the user's, or a PostgreSQL server that an office shares."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url

from extractor.user_data import user_data

ENVIRONMENT = "KEHOACH_REGISTER"


def default_location() -> str:
    """The register named by `KEHOACH_REGISTER`, else the file in the user's data folder."""
    if named := os.environ.get(ENVIRONMENT):
        return named
    return str(user_data() / "register.sqlite")


def url_of(location: str) -> URL:
    """The database URL of a file name or a `postgresql://` address."""
    if location.startswith(("postgresql://", "postgres://")):
        return make_url(location).set(drivername="postgresql+psycopg")
    return URL.create("sqlite", database=str(Path(location).expanduser()))


def shown(location: str) -> str:
    """The location for messages, without a password."""
    if "://" in location:
        return make_url(location).render_as_string(hide_password=True)
    return location
