"""Our spaCy language: underthesea words with every citation and date whole, and one component per group.

`spacy.blank("vi")` would ask for another segmenter; this class stands in its place. Registered names are
called on first use, not on import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from spacy.lang.vi.lex_attrs import LEX_ATTRS
from spacy.lang.vi.stop_words import STOP_WORDS
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, load_config_from_str, registry
from spacy.vocab import Vocab

from extractor.clean import normalise
from extractor.document import Document, Header
from extractor.errors import NoPlanError, UnreadableError
from extractor.language.documents import make_doc, register_attributes, set_spans
from extractor.language.mentions import Mention, agency_mentions, citation_mentions, deadline_mentions
from extractor.language.segmentation import indivisible, segment

TOKENIZER = "kehoach.Tokenizer.v1"
_WORD = re.compile(r"\S+")
_MARKS = "*_#|"
_MARKUP = str.maketrans("", "", _MARKS)


class Tokenizer(DummyTokenizer):
    """Text to `Doc`. It has no state of its own, so it is saved and loaded by its name alone."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        borders = {place for start, end, _ in agency_mentions(text) for place in (start, end)}
        return make_doc(self.vocab, text, segment(text, indivisible(text), borders))


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """What the configuration of a saved pipeline names as its tokenizer (an entry point in pyproject.toml)."""
    return lambda nlp: Tokenizer(nlp.vocab)


class Defaults(BaseDefaults):
    """spaCy's own stop words and number words for Vietnamese, and our tokenizer."""

    config = load_config_from_str(f'[nlp]\n[nlp.tokenizer]\n@tokenizers = "{TOKENIZER}"\n')
    lex_attr_getters = LEX_ATTRS
    stop_words = STOP_WORDS


class Vietnamese(Language):  # type: ignore[no-untyped-call]
    """Vietnamese, as administrative documents write it."""

    lang = "vi"
    Defaults = Defaults


def find_citations(doc: Doc) -> Doc:
    """Fill `doc.spans["citations"]`."""
    set_spans(doc, "citations", citation_mentions(doc.text))
    return doc


def find_deadlines(doc: Doc) -> Doc:
    """Fill `doc.spans["deadlines"]`; `doc._.kehoach`, where it is set, tells the date of the document."""
    set_spans(doc, "deadlines", deadline_mentions(doc.text, _header(doc)))
    return doc


def find_agencies(doc: Doc) -> Doc:
    """Fill `doc.spans["agencies"]`."""
    set_spans(doc, "agencies", agency_mentions(doc.text, _header(doc)))
    return doc


def find_tasks(doc: Doc) -> Doc:
    """Read the text as one document: `doc._.kehoach` and `doc.spans["tasks"]`, both empty for other texts."""
    from extractor import extract_text

    try:
        document = extract_text(doc.text)
    except (UnreadableError, NoPlanError):
        set_spans(doc, "tasks", ())
        return doc
    doc._.kehoach = document
    set_spans(doc, "tasks", _project(document, doc.text))
    return doc


def _header(doc: Doc) -> Header | None:
    document: Document | None = doc._.kehoach
    return document.header if document else None


def _project(document: Document, printed: str) -> list[Mention]:
    """The tasks with offsets into the text as printed. One that cleaning has changed too far is left out.

    Cleaning joins lines, closes gaps and drops emphasis marks; without those both texts read the same.
    """
    letters, places = _letters(printed)
    found: list[Mention] = []
    at = 0
    for task in document.tasks:
        wanted, _ = _letters((document.text or "")[task.span.start : task.span.end])
        start = letters.find(wanted, at) if wanted else -1
        if start >= 0:
            at = start + len(wanted)
            found.append((places[start], places[at - 1] + 1, task))
    return found


def _letters(text: str) -> tuple[str, list[int]]:
    """The text without spaces and marks, letters as cleaning writes them, and the place of each letter."""
    letters: list[str] = []
    places: list[int] = []
    for word in _WORD.finditer(text):
        kept = normalise(word[0]).translate(_MARKUP).replace(" ", "")
        first = word.start() + len(word[0]) - len(word[0].lstrip(_MARKS))
        places += [min(first + i, word.end() - 1) for i in range(len(kept))]
        letters.append(kept)
    return "".join(letters), places


FACTORIES: dict[str, Callable[[Doc], Doc]] = {
    "kehoach_citations": find_citations,
    "kehoach_deadlines": find_deadlines,
    "kehoach_agencies": find_agencies,
    "kehoach_tasks": find_tasks,
}


@cache
def register() -> None:
    """Make the tokenizer, the components and the custom attributes known to spaCy, once a process."""
    register_attributes()
    registry.tokenizers.register(TOKENIZER, func=make_tokenizer)
    for name, component in FACTORIES.items():
        Language.component(name, assigns=["doc.spans"], func=component)


@cache
def language() -> Vietnamese:
    """The language without components, for its vocabulary."""
    register()
    return Vietnamese()


def pipeline(components: Iterable[str]) -> Language:
    """See `extractor.language.pipeline`."""
    register()
    nlp = Vietnamese()
    for name in components:
        nlp.add_pipe(name)
    return nlp
