"""What is to be done: the documents that arguments name, and where the result of each goes."""

from __future__ import annotations

import glob
import hashlib
import os
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from extractor.batch.places import STANDARD_INPUT, files_at, is_address
from extractor.errors import UnreadableError

SUFFIXES = frozenset({".pdf", ".docx", ".txt", ".md", ".doc", ".odt", ".rtf"})
_LONGEST = 200  # bytes of a file name: systems take 255, and a suffix is still to come
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]")


class Found(msgspec.Struct, frozen=True):
    """A document: its path or address, its name below the folder that was named, and why it is not to be read."""

    name: str
    below: str
    refused: str | None = None

    @property
    def shown(self) -> str:
        """The name as it stands in results: a byte that is no letter of UTF-8 is spelt out."""
        return _spelt(self.name)


def find_documents(arguments: Iterable[str], *, but: str | None = None) -> tuple[Found, ...]:
    """The documents that paths, folders, globs and addresses name, in order, each once; none below the folder `but`.

    A folder stands for the documents below it, hidden ones left out; links to folders are not followed, and a link to
    a file outside the folder is refused. A missing file is left to the reader.
    Raises `UnreadableError` for a folder or a glob without documents.
    """
    found: dict[str, Found] = {}
    for argument in arguments:
        path = Path(argument)
        if is_address(argument):
            for one in _at_address(argument, but):
                found.setdefault(one.name, one)
        elif argument != STANDARD_INPUT and path.is_dir():
            for one in _in_folder(path, argument, but):
                found.setdefault(one.name, one)
        elif argument != STANDARD_INPUT and not path.is_file() and glob.has_magic(argument):
            matches = sorted(p for p in glob.glob(argument, recursive=True) if Path(p).is_file())
            if not matches:
                raise UnreadableError(argument, "Không có tệp nào khớp với mẫu này.", "Kiểm tra lại đường dẫn.")
            for match in matches:
                found.setdefault(match, Found(match, Path(match).name))
        else:
            found.setdefault(argument, Found(argument, "stdin" if argument == STANDARD_INPUT else path.name))
    return tuple(found.values())


def _in_folder(folder: Path, argument: str, but: str | None) -> Iterator[Found]:
    kept_out = Path(but).resolve() if but and not is_address(but) else None
    root = folder.resolve()
    if kept_out == root:
        kept_out = None
    none = True
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _is(Path(at, f), kept_out))
        for file in sorted(files):
            path = Path(at, file)
            if file.startswith((".", "~$")) or path.suffix.lower() not in SUFFIXES:
                continue
            refused = _refused(path, root)
            if refused is None and not path.is_file():
                continue  # a pipe, a socket
            none = False
            yield Found(str(path), path.relative_to(folder).as_posix(), refused)
    if none:
        raise _without_documents(argument)


def _is(path: Path, other: Path | None) -> bool:
    return other is not None and path.resolve() == other


def _refused(path: Path, root: Path) -> str | None:
    """Why a link is not followed."""
    if not path.is_symlink():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "Liên kết tượng trưng không dẫn tới tệp nào."
    return None if target.is_relative_to(root) else "Liên kết tượng trưng dẫn ra ngoài thư mục, không an toàn."


def _at_address(address: str, but: str | None) -> Iterator[Found]:
    none = True
    for name, below in files_at(address):
        leaf = posixpath.basename(below)
        if leaf.startswith((".", "~$")) or (posixpath.splitext(leaf)[1].lower() not in SUFFIXES and name != address):
            continue
        if but is not None and name.startswith(but.rstrip("/") + "/"):
            continue
        none = False
        yield Found(name, below)
    if none:
        raise _without_documents(address)


def _without_documents(argument: str) -> UnreadableError:
    kinds = ", ".join(sorted(SUFFIXES))
    return UnreadableError(argument, "Thư mục không có văn bản nào.", f"Các loại tệp được đọc: {kinds}.")


def result_names(found: Iterable[Found], suffix: str) -> tuple[str, ...]:
    """One name per document, the tree kept: the stem, and the whole name where two documents share a stem.

    No name leads out of the folder, and no two are the same, not even where letters' case and the two ways of writing
    an accented letter are no difference. "2026/ke-hoach.pdf" gives "2026/ke-hoach.json".
    """
    below = [_safe(f.below) for f in found]
    stems = [posixpath.splitext(b)[0] for b in below]
    times = Counter(map(_folded, stems))
    taken: set[str] = set()
    names = []
    for whole, stem in zip(below, stems, strict=True):
        base = stem if times[_folded(stem)] == 1 else whole
        candidate, k = base, 2
        while _folded(candidate) in taken:
            candidate, k = f"{base}-{k}", k + 1
        taken.add(_folded(candidate))
        names.append(candidate + suffix)
    return tuple(names)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _safe(below: str) -> str:
    """The name with nothing in it that leads upwards, hides, or that a file system does not take."""
    parts = [_UNSAFE.sub("_", _spelt(part)) for part in below.split("/") if part not in ("", ".")]
    return "/".join("_" if part == ".." else _fitting(part) for part in parts) or "_"


def _spelt(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _fitting(part: str) -> str:
    data = part.encode()
    if len(data) <= _LONGEST:
        return part
    stem, suffix = posixpath.splitext(part)
    mark = hashlib.sha256(data).hexdigest()[:8]
    kept = stem.encode()[: _LONGEST - 20].decode("utf-8", "ignore")
    return f"{kept}-{mark}{suffix}"
