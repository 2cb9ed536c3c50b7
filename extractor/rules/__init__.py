"""Knowledge as data: the TOML files beside this module, read once, on first use.

Every rule carries `examples` that it must take and `not_examples` that it must refuse; the tests run them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed rule file `name` (without ".toml"). Treat it as read-only."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
