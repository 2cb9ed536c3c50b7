"""A short table of the JSON files in a folder: what was found in each plan, and where the JSON is."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractor import Document


def main(folder: Path) -> None:
    """Print one line per document."""
    table = Table(title=f"JSON: {folder.resolve()}")
    for heading in ("Tệp", "Số, ký hiệu", "Ngày", "Nhiệm vụ", "Có chủ trì", "Thời hạn", "Viện dẫn", "Lưu ý"):
        table.add_column(heading, overflow="fold")
    for path in sorted(folder.glob("*.json")):
        d = Document.from_json(path.read_bytes())
        table.add_row(
            path.name,
            d.header.identifier or d.header.symbol or "–",
            str(d.header.issued_on or "–"),
            str(len(d.tasks)),
            str(sum(bool(t.lead) for t in d.tasks)),
            str(sum(len(t.deadlines) for t in d.tasks)),
            str(len(d.cited_documents)),
            str(len(d.findings)),
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
