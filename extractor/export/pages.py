"""HTML pages from templates: everything printed is escaped, and control characters are left out."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from extractor.export.cells import printable


def asset(name: str) -> str:
    """The text of a file in `templates/`."""
    return files(__package__ or "").joinpath("templates", name).read_text("utf-8")


def template(source: str, **known: object) -> Template:
    """The template with that source; `known` are the functions and tables that it may use.

    A name that is neither known nor given when the page is made is an error, not an empty place.
    """
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.globals.update(known)
    return environment.from_string(source)
