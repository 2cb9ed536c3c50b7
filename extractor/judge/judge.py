"""The judge: three small classifiers of one spaCy pipeline, and how sure each answer is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from extractor.errors import UnsupportedError
from extractor.judge.questions import Column, Item, agency_words, column_words, item_words

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS = ("item_kind", "agency_role", "column_role")


class Answer(msgspec.Struct, frozen=True):
    """The likeliest label, and its share of what all labels of the classifier got, between 0 and 1."""

    label: str
    sure: float


class Judge:
    """Answers by a trained pipeline. `name` and `version` are those of its meta.json."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name']}"  # as spaCy calls the package
        self.version = str(nlp.meta["version"])

    def item(self, item: Item) -> Answer:
        """What an item is: one of `questions.ITEM_KINDS`."""
        return self.ask("item_kind", item_words(item))

    def agency(self, text: str, agencies: Sequence[tuple[int, int]], which: int) -> Answer:
        """What an agency does in a sentence: one of `questions.AGENCY_ROLES`."""
        return self.ask("agency_role", agency_words(text, agencies, which))

    def column(self, heading: str, cells: Sequence[str]) -> Answer:
        """What a column of a table holds: one of `questions.COLUMN_ROLES`."""
        return self.ask("column_role", column_words(Column(heading, tuple(cells))))

    def ask(self, component: str, words: list[str]) -> Answer:
        """The answer of one of `COMPONENTS` to a question that is already in words."""
        from spacy.tokens import Doc

        doc = Doc(self._nlp.vocab, words=words)
        for name, pipe in self._nlp.pipeline:
            if name in ("tok2vec", component):
                doc = pipe(doc)
        label, sure = max(doc.cats.items(), key=lambda c: c[1])
        return Answer(label.removeprefix(f"{component}:"), round(sure / (sum(doc.cats.values()) or 1.0), 4))


@cache
def load(model: str) -> Judge:
    """See `extractor.judge.load_judge`."""
    import spacy

    from extractor.language.vietnamese import register

    register()
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as error:
        raise UnsupportedError(
            model,
            f"Không nạp được mô hình {model}.",
            "Kiểm tra lại đường dẫn, hoặc dùng --model none để chỉ dùng bộ quy tắc.",
        ) from error
    missing = [name for name in COMPONENTS if name not in nlp.pipe_names]
    if missing:
        raise UnsupportedError(
            model,
            f"Mô hình {model} không có thành phần {', '.join(missing)}.",
            "Dùng mô hình do make model tạo ra.",
        )
    return Judge(nlp)
