"""The plans that a command line names: files, folders, globs, earlier results, "-" for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from extractor.errors import EXIT_PARTLY_FAILED, KehoachError

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.batch.plan import Found
    from extractor.document import Document


class Inputs:
    """The documents of these files in order, each read within limits; what cannot be read is told, and remembered."""

    def __init__(self, found: tuple[Found, ...], form: Form) -> None:
        self._found, self._form = found, form
        self._codes: list[int] = []

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        from extractor.register.plans import read_documents

        for name, document in read_documents(self._found, self._form):
            if isinstance(document, KehoachError):
                click.echo(str(document), err=True)
                self._codes.append(document.exit_code)
            else:
                yield name, document

    def exit_where_failed(self) -> None:
        """End the command with the exit code that tells what could not be read, if there was anything."""
        if self._codes:
            sys.exit(self._codes[0] if len(self._found) == 1 else EXIT_PARTLY_FAILED)
