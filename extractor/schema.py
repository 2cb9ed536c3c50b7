"""The published JSON Schema (2020-12) of the output, generated from the types of `extractor.document`."""

from __future__ import annotations

from typing import Any

import msgspec

from extractor.document import SCHEMA_VERSION, Document


def json_schema() -> dict[str, Any]:
    """The schema as a dict; every output of `kehoach extract` is valid by it."""
    (root,), components = msgspec.json.schema_components([Document], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kehoach:document:{SCHEMA_VERSION}",
        "title": "kehoach document",
        **root,
        "$defs": components,
    }
