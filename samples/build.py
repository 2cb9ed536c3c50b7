"""Build the sample plans from their sources: `python samples/build.py` writes the files beside this one.

A source is one TOML file: `output`, and one `part` per document or appendix with `head`, `type`, `title`,
`body`, `table` and `foot`. Each line of a body is a paragraph: "# " a heading, "^ " a centred bold line,
"^* " a centred italic line; `*…*` is italic and `**…**` bold; "¶" is a page break inside a paragraph, which
shows in plain text only. In a head, "[612]" is a number stamped on the page after it was written.

The plans are invented; the laws and central documents that they cite are real. Building again gives the same
bytes on the same machine. PDF files want the fonts Liberation Serif (Debian: fonts-liberation2).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def build(target: Path) -> list[Path]:
    """Write every sample into `target`; the files written, in the order of their sources."""
    from docx_writer import write_docx
    from pdf_writer import write_pdf
    from text_writer import write_text

    writers = {".pdf": write_pdf, ".docx": write_docx, ".txt": write_text}
    written = []
    for source in sorted((HERE / "sources").glob("*.toml")):
        plan = tomllib.loads(source.read_text("utf-8"))
        path = target / plan["output"]
        writers[path.suffix](plan["part"], path)
        written.append(path)
    return written


if __name__ == "__main__":
    for path in build(HERE):
        print(f"{path.name}\t{path.stat().st_size} bytes")
