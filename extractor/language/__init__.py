"""The spaCy side: words, a `Doc` of a document, and a pipeline of recognisers. Loaded on first use.

spaCy and underthesea take about two seconds to import, so nothing here imports them before it is called.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extractor.document import Document

COMPONENTS = ("kehoach_tasks", "kehoach_citations", "kehoach_deadlines", "kehoach_agencies")


def segment(text: str) -> list[tuple[int, int]]:
    """The words of a text as half-open character offsets; each citation and each date is one word.

    Words are in reading order, do not overlap, and hold every character that is not a space between words.
    "Thực hiện Nghị quyết số 04-NQ/TU" has the words "Thực hiện" and "Nghị quyết số 04-NQ/TU".
    """
    from extractor.language.segmentation import segment

    return segment(text)


def to_spacy(document: Document) -> Doc:
    """A `Doc` of the document's text; `doc.spans` holds its citations, deadlines, agencies and tasks.

    `doc.text` is exactly `document.text`, `doc._.kehoach` the document, and `span._.item` the `Citation`,
    `Deadline`, `Agency` or `Task` that a span stands for. An agency or a date inside a citation is a part
    of that citation and has no span of its own. Raises `ValueError` where the document was extracted
    without its text.
    """
    from extractor.language.documents import to_spacy

    return to_spacy(document)


def pipeline(*, components: Iterable[str] = COMPONENTS) -> Language:
    """A spaCy pipeline for Vietnamese plans: `pipeline()(text).spans["tasks"]`.

    `components` are the spaCy factories to add, in order: "kehoach_tasks" reads the text as a whole
    document and sets `doc._.kehoach`; "kehoach_citations", "kehoach_deadlines" and "kehoach_agencies" read
    characters alone. Each fills the `doc.spans` group of its name, so that displaCy draws it with
    `style="span"` and `options={"spans_key": "citations"}`. The pipeline is saved with `to_disk`; after one
    call of this function `spacy.load` reads it back.
    """
    from extractor.language.vietnamese import pipeline

    return pipeline(components)
