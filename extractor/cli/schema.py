"""`kehoach schema`."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """In JSON Schema (2020-12) của dữ liệu đầu ra."""
    from extractor.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
