"""Files that are there whole or not at all."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

UNFINISHED = ".kehoach-"  # how the name of a file begins until it is whole


@contextmanager
def atomic_bytes(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there whole or not at all; nothing is left where nothing was written."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            written = stream.tell() > 0
        if written:
            os.chmod(temporary, 0o666 & ~_umask())  # a temporary file is the owner's alone, a result is not
            os.replace(temporary, path)
        else:
            os.unlink(temporary)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[str]]:
    """The same for text, in UTF-8."""
    with atomic_bytes(path) as file:
        stream = io.TextIOWrapper(file, encoding="utf-8")
        yield stream
        stream.flush()
        stream.detach()


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
