"""A trained judge beside the rules: a spaCy pipeline that is asked only where the rules say that they are in doubt.

spaCy is imported when a judge is loaded, so the tool without a model never touches it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.judge.judge import Judge


def load_judge(model: str) -> Judge:
    """The judge in a folder or an installed package, kept for the next call. Raises `UnsupportedError`."""
    from extractor.judge.judge import load

    return load(model)
