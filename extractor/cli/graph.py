"""`kehoach graph`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.atomic import atomic_file
from extractor.cli.inputs import Inputs
from extractor.cli.limits import with_limits
from extractor.errors import UnreadableError

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.batch.plan import Found
    from extractor.document import Document
    from extractor.register.graph import Graph

FILES = {"graphml": "vien-dan.graphml", "json": "vien-dan.json", "html": "vien-dan.html"}


@click.command("graph")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(list(FILES)), help="Chỉ ghi dạng này (dùng được nhiều lần)."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Thư mục ghi; mặc định là thư mục hiện tại.")
@with_limits()
def command(folder: Path, form: Form, formats: tuple[str, ...], output: Path | None) -> None:
    """Ghi đồ thị viện dẫn của mọi văn bản trong thư mục: ai viện dẫn gì, theo quan hệ nào.

    DIR có kế hoạch (PDF, DOCX, TXT) hoặc JSON của kehoach extract. Ghi ra GraphML, JSON và một trang HTML có hình;
    in ra những văn bản được viện dẫn nhiều nhất và những văn bản được viện dẫn với nhiều ngày khác nhau.
    """
    from extractor.register.graph import build_graph

    inputs = Inputs(_found(folder), form)
    graph = build_graph(_distinct(inputs))
    target = output or Path()
    target.mkdir(parents=True, exist_ok=True)
    for name in formats or FILES:
        with atomic_file(target / FILES[name]) as stream:
            stream.write(_written(graph, name))
        click.echo(f"Đã ghi {target / FILES[name]}", err=True)
    _summary(graph)
    inputs.exit_where_failed()


def _found(folder: Path) -> tuple[Found, ...]:
    """The plans below the folder and, for plans that were extracted before, their JSON."""
    from extractor.batch.plan import find_documents
    from extractor.register.plans import extracted_in

    extracted = extracted_in(folder) if folder.is_dir() else ()
    try:
        return find_documents((str(folder),)) + extracted
    except UnreadableError:
        if extracted:
            return extracted
        raise


def _distinct(inputs: Inputs) -> Iterator[Document]:
    """A plan and the JSON that was extracted from it are one document."""
    seen: set[str] = set()
    for _, document in inputs:
        if document.source.sha256 not in seen:
            seen.add(document.source.sha256)
            yield document


def _written(graph: Graph, name: str) -> str:
    if name == "graphml":
        from extractor.register.graphml import to_graphml

        return to_graphml(graph)
    if name == "html":
        from extractor.register.picture import to_html

        return to_html(graph)
    import msgspec

    return msgspec.json.format(msgspec.json.encode(graph), indent=1).decode() + "\n"


def _summary(graph: Graph) -> None:
    by_id = {n.id: n for n in graph.nodes}
    plans = sum(n.file is not None for n in graph.nodes)
    click.echo(f"{plans} văn bản, {len(graph.nodes) - plans} văn bản được viện dẫn, {len(graph.edges)} quan hệ.")
    if graph.most_cited:
        click.echo("Được nhiều văn bản viện dẫn nhất:")
        for i in graph.most_cited[:10]:
            click.echo(f"  {by_id[i].cited_by:3} lần  {by_id[i].label}")
    if graph.two_dates:
        click.echo("Được viện dẫn với nhiều ngày khác nhau:")
        for i in graph.two_dates:
            days = ", ".join(f"{d:%d/%m/%Y}" for d in by_id[i].dates)
            click.echo(f"  {by_id[i].label}: {days}")
