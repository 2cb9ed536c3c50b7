"""The main job, top to bottom: a file is read, cleaned, laid out, recognised, resolved and assembled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.document import Document
from extractor.options import Options

if TYPE_CHECKING:
    from extractor.source import Source


def extract(path: str | Path, *, options: Options | None = None) -> Document:
    """The plan in the file at `path` (PDF, DOCX, TXT or MD) as a `Document`.

    Raises `UnreadableError`, `EncryptedError`, `UnsupportedError` or `NoPlanError`, each naming the file.
    """
    from extractor.read import read

    options = options or Options()
    return extract_source(read(Path(path), options), options=options)


def extract_text(text: str, *, name: str = "<text>", options: Options | None = None) -> Document:
    """The plan in a string as a `Document`; `name` stands for the file. Raises `NoPlanError`."""
    from extractor.read import read

    options = options or Options()
    return extract_source(read(Path(name), options, name=name, data=text.encode("utf-8")), options=options)


def extract_bytes(data: bytes, *, name: str = "-", options: Options | None = None) -> Document:
    """The plan in the bytes of a file, its kind told from the bytes; `name` stands for the file."""
    from extractor.read import read

    options = options or Options()
    return extract_source(read(Path(name), options, name=name, data=data), options=options)


def extract_source(source: Source, *, options: Options) -> Document:
    """The stages after reading."""
    from extractor.assemble import assemble
    from extractor.checks import check_appendix, check_header, check_tasks
    from extractor.clean import clean
    from extractor.errors import NoPlanError
    from extractor.judge import load_judge
    from extractor.layout.frame import lay_out
    from extractor.recognise.agencies import find_glossary
    from extractor.recognise.citations import find_citations
    from extractor.resolve.references import resolve
    from extractor.tasks.build import build_tasks
    from extractor.tasks.confidence import rate
    from extractor.tasks.context import Context
    from extractor.tasks.items import find_items
    from extractor.tasks.owners import below_plain_owners
    from extractor.tasks.sections import read_sections

    judge = load_judge(options.model) if options.model else None
    text = clean(source)
    layout = lay_out(text, scanned=bool(source.info.ocr_pages))
    header = layout.header
    resolution = resolve(find_citations(text.value), text=text.value, header=header)
    nodes = below_plain_owners(text, layout.nodes)
    items = find_items(text, nodes, judge)
    if header.type is None and header.symbol is None and not items.items:
        raise NoPlanError(
            source.info.file,
            "Đã đọc được tệp nhưng không thấy văn bản kế hoạch nào (không có tên loại, số ký hiệu hay nhiệm vụ).",
            "Kiểm tra xem có đúng tệp cần trích xuất không.",
        )
    sections = read_sections(text, nodes, items)
    context = Context(header.issued_on, header.place, find_glossary(text.value), header.title, source.info.ocr_pages)
    tasks = build_tasks(text, nodes, items, sections, resolution.citations, context)
    rated = [rate(t, text, source.info.ocr_pages) for t in tasks]
    return assemble(
        text,
        info=source.info,
        header=header,
        sections=sections.sections,
        tasks=tuple(t for t, _ in rated),
        citations=resolution.citations,
        cited_documents=resolution.cited_documents,
        findings=(
            *source.findings,
            *layout.findings,
            *check_header(header, scanned=bool(source.info.ocr_pages)),
            *check_appendix(text.value, layout.nodes),
            *resolution.findings,
            *check_tasks(rated, header),
        ),
        keep_text=options.text,
        model=f"{judge.name} {judge.version}" if judge else None,
    )
