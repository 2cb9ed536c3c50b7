"""The files that mean harm, each under its name: `python tests/hostile/corpus.py FOLDER` writes them all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile import docxs, odts, pdfs, results, texts

# Documents; and what commands read besides.
KINDS = {"pdf": pdfs.MAKERS, "docx": docxs.MAKERS, "odt": odts.MAKERS, "txt": texts.MAKERS}
RESULTS = {"json": results.MAKERS}
_SUFFIXES = {b"{\\rtf": "rtf", b"\xd0\xcf\x11\xe0": "doc"}


def files(kind: str) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of a kind."""
    for title, make in {**KINDS, **RESULTS}[kind].items():
        data = make()
        suffix = next((s for magic, s in _SUFFIXES.items() if data.startswith(magic)), kind)
        yield f"{title}.{suffix}", data


def main(folder: Path) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in {**KINDS, **RESULTS}:
        for name, data in files(kind):
            (folder / name).write_bytes(data)
            print(f"{len(data):>12,}  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
