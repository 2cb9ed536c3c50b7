"""The citations of a file alone, without its tasks: any text that can be read will do, plan or not."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from extractor.clean import Text, clean
from extractor.document import Citation, CitedDocument, Finding, Header, SourceInfo, Tool
from extractor.options import Options
from extractor.version import __version__

CITED_VERSION = "1.0"


class Cited(msgspec.Struct, frozen=True):
    """The mentions of a text with their documents and doubts; `text` is what every span indexes."""

    schema_version: str
    tool: Tool
    source: SourceInfo
    citations: tuple[Citation, ...]
    cited_documents: tuple[CitedDocument, ...]
    findings: tuple[Finding, ...]
    text: str

    def to_json(self) -> str:
        """The whole as indented JSON, UTF-8 letters unescaped."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1).decode("utf-8")


def cite(path: str | Path, *, options: Options | None = None) -> Cited:
    """The citations in the file at `path` (PDF, DOCX, TXT, …).

    Raises `UnreadableError`, `EncryptedError` or `UnsupportedError`, each naming the file. Names, relations and short
    forms are as in `extractor.extract`: "Chỉ thị 11" is the Chỉ thị số 11-CT/TU that stands in the same file.
    """
    from extractor.read import read

    options = options or Options()
    return _cite(clean(source := read(Path(path), options)), source.info)


def cite_bytes(data: bytes, *, name: str = "-", options: Options | None = None) -> Cited:
    """The citations in the bytes of a file, its kind told from the bytes; `name` stands for the file."""
    from extractor.read import read

    options = options or Options()
    return _cite(clean(source := read(Path(name), options, name=name, data=data)), source.info)


def _cite(text: Text, info: SourceInfo) -> Cited:
    from extractor.recognise.citations import find_citations
    from extractor.resolve.references import resolve

    header = _header(text, info)
    found = resolve(find_citations(text.value), text=text.value, header=header)
    return Cited(
        CITED_VERSION,
        Tool("kehoach", __version__),
        info,
        tuple(replace(c, span=text.locate(c.span.start, c.span.end)) for c in found.citations),
        found.cited_documents,
        tuple(replace(f, span=text.locate(f.span.start, f.span.end) if f.span else None) for f in found.findings),
        text.value,
    )


def _header(text: Text, info: SourceInfo) -> Header:
    """Who wrote the text and when: what its own number, its place and its date tell of the citations."""
    from extractor.layout.frame import lay_out

    return lay_out(text, scanned=bool(info.ocr_pages)).header
