"""Which files a command line names: files, folders, globs and "-" for standard input."""

from __future__ import annotations

import glob
from pathlib import Path

from extractor.errors import UnreadableError

STANDARD_INPUT = "-"
SUFFIXES = frozenset({".pdf", ".docx", ".txt", ".md", ".doc", ".odt", ".rtf"})


def find_inputs(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The files named, in order, each once. A folder stands for the documents below it.

    Raises `UnreadableError` for a folder or a glob without documents. A missing file is left to the reader.
    """
    found: dict[str, None] = {}
    for argument in arguments:
        path = Path(argument)
        if argument == STANDARD_INPUT or path.is_file():
            found[argument] = None
        elif path.is_dir():
            found |= dict.fromkeys(_documents(path, argument))
        elif glob.has_magic(argument):
            matches = sorted(p for p in glob.glob(argument, recursive=True) if Path(p).is_file())
            if not matches:
                raise UnreadableError(argument, "Không có tệp nào khớp với mẫu này.", "Kiểm tra lại đường dẫn.")
            found |= dict.fromkeys(matches)
        else:
            found[argument] = None
    return tuple(found)


def _documents(folder: Path, argument: str) -> list[str]:
    paths = sorted(
        p
        for p in folder.rglob("*")
        if p.suffix.lower() in SUFFIXES
        and p.is_file()
        and not any(part.startswith((".", "~$")) for part in p.relative_to(folder).parts)
    )
    if not paths:
        kinds = ", ".join(sorted(SUFFIXES))
        raise UnreadableError(argument, "Thư mục không có văn bản nào.", f"Các loại tệp được đọc: {kinds}.")
    return [str(p) for p in paths]
