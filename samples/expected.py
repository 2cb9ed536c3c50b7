"""Write the expected JSON of every sample. Read each beside its document before it is committed."""

from __future__ import annotations

import sys
from pathlib import Path

from msgspec.structs import replace

from extractor import extract

SAMPLES = Path(__file__).parent


def main(names: list[str]) -> None:
    """All samples, or those named."""
    folder = SAMPLES / "expected"
    folder.mkdir(exist_ok=True)
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix in (".pdf", ".docx", ".txt")):
        if not names or path.name in names:
            d = extract(path)
            d = replace(d, source=replace(d.source, file=path.name))
            (folder / f"{path.name}.json").write_text(d.to_json() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
