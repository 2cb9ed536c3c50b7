"""What the spaCy side promises: text kept to the letter, mentions never cut, spans that carry their items."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy import load as spacy_load
from spacy.tokens import Doc, DocBin

from extractor.document import Agency, Citation, Deadline, Document, Header, SourceInfo, Span, Task, Tool
from extractor.language import pipeline, to_spacy
from extractor.language import segment as segment_text
from extractor.language.documents import make_doc
from extractor.language.segmentation import outermost, segment
from extractor.language.vietnamese import language

ITEM = (
    "Phòng Kế hoạch chủ trì thực hiện Quyết định số 92/QĐ-UBND ngày 19/01/2024 của UBND tỉnh, "
    "báo cáo Sở Nội vụ trước ngày 20/5/2024."
)
RECOGNISERS = ("kehoach_citations", "kehoach_deadlines", "kehoach_agencies")

# text, spans kept whole, borders, the words
SEGMENTATION = [
    ("Uỷ ban nhân dân tỉnh hoà bình", [], [], ["Uỷ ban nhân dân", "tỉnh", "hoà bình"]),  # spelling kept
    ("theo 04-NQ/TU nhé", [(5, 13)], [], ["theo", "04-NQ/TU", "nhé"]),
    ("báo cáo kết quả", [], [3], ["báo", "cáo", "kết quả"]),
    ("báo  cáo", [], [4], ["báo", "cáo"]),  # a border between two spaces
    ("báo cáo\tkết quả\n\nbáo cáo", [], [], ["báo cáo", "kết quả", "báo cáo"]),
    ("báo cáo", [(0, 7)], [3], ["báo cáo"]),  # a border inside a mention does not cut it
    ("ho\u0300a bình", [], [], ["ho\u0300a", "bình"]),  # underthesea composes it, so syllables stand in
    ("", [], [], []),
    (" \n\t ", [], [], []),
]


@pytest.mark.parametrize(("text", "whole", "borders", "words"), SEGMENTATION)
def test_words(text: str, whole: list[tuple[int, int]], borders: list[int], words: list[str]) -> None:
    """Words are slices of the text: mentions whole, borders kept, spelling as printed."""
    assert [text[start:end] for start, end in segment(text, whole, borders)] == words


OVERLAPS = [
    ([(0, 30)], [(10, 20)], [(0, 30)]),  # a date inside a citation is the citation's
    ([(10, 20)], [(0, 30)], [(10, 20)]),  # a time limit around a citation is several words
    ([(0, 10)], [(10, 20)], [(0, 10), (10, 20)]),
    ([(0, 10), (0, 30)], [], [(0, 30)]),
    ([(5, 5)], [(7, 9)], [(7, 9)]),
]


@pytest.mark.parametrize(("first", "second", "kept"), OVERLAPS)
def test_which_mentions_are_one_word(
    first: list[tuple[int, int]], second: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    """Citations go before time limits, and the outer mention before the inner."""
    assert outermost(first, second) == kept


LETTERS = st.text(alphabet="aáảđơ ủyban tỉnh\n\t\u00a0.,:;-/()0123NĐQTU\u0301\u200b😀", max_size=80)


@settings(deadline=None, max_examples=200)
@given(LETTERS | st.text(max_size=40), st.data())
def test_text_is_kept_to_the_letter(text: str, data: st.DataObject) -> None:
    """Whatever the text and the mentions, `doc.text` is the text, and a mention ends where a token ends."""
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    whole = [(start, end) for start, end in zip(places[::2], places[1::2], strict=False) if text[start:end].strip()]
    borders = data.draw(st.lists(st.integers(0, len(text)), max_size=4))
    words = segment(text, whole, borders)
    doc = make_doc(language().vocab, text, words)
    assert doc.text == text
    assert words == sorted(words)
    assert all(a[1] <= b[0] for a, b in pairwise(words))
    ends = {(token.idx, token.idx + len(token)) for token in doc}
    assert set(whole) <= ends
    for border in borders:
        if not any(start < border < end for start, end in whole) and text[border : border + 1].strip():
            assert border in {start for start, _ in ends}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([ITEM, "  ", "\n", "Quý II/2026", "Sở Tài chính,", "(kèm theo)"]), max_size=6))
def test_tokenizer_keeps_the_text(parts: list[str]) -> None:
    """The same holds of the whole tokenizer, recognisers included."""
    text = " ".join(parts)
    assert pipeline(components=[])(text).text == text


def test_citations_and_dates_are_one_token() -> None:
    """A citation and a date are one token each; the words around them are underthesea's."""
    tokens = [token.text for token in pipeline(components=[])(ITEM)]
    assert [ITEM[start:end] for start, end in segment_text(ITEM)] == tokens
    assert any(token.startswith("Quyết định số 92/QĐ-UBND ngày 19/01/2024") for token in tokens)
    assert any(token.endswith("20/5/2024") and len(token) <= len("trước ngày 20/5/2024") for token in tokens)
    assert "chủ trì" in tokens


def test_pipeline_fills_the_span_groups() -> None:
    """Each component fills the group of its name, and `span._.item` is what was recognised."""
    doc = pipeline(components=RECOGNISERS)(ITEM)
    (citation,) = doc.spans["citations"]
    (deadline,) = doc.spans["deadlines"]
    assert isinstance(citation._.item, Citation)
    assert citation._.item.identifier == "92/QĐ-UBND"
    assert isinstance(deadline._.item, Deadline)
    assert deadline._.item.end == dt.date(2024, 5, 19)
    assert "Sở Nội vụ" in [span.text for span in doc.spans["agencies"]]
    assert all(isinstance(span._.item, Agency) for span in doc.spans["agencies"])
    drawn = displacy.render(doc, style="span", options={"spans_key": "citations"}, jupyter=False)
    assert "CITATION" in drawn


@pytest.mark.parametrize("mark", ["", "*"])
def test_tasks_of_a_text_as_printed(mark: str) -> None:
    """Tasks are found in the text as printed, though cleaning joins lines and drops emphasis."""
    text = (
        "SỞ NỘI VỤ\n\nSố: 12/KH-SNV\n\nQuảng Ngãi, ngày 05 tháng 02 năm 2024\n\n"
        "KẾ HOẠCH\n\nCải cách hành chính\n\n"
        "I. NHIỆM VỤ\n\n1. Văn phòng Sở chủ trì rà soát thủ tục\nhành chính, hoàn thành trước ngày 20/5/2024 "
        f"{mark}(qua Phòng Tổng hợp){mark}.\n\n2. Phòng Tổ chức xây dựng đề án vị trí việc làm.\n"
    )
    doc = pipeline()(text)
    assert isinstance(doc._.kehoach, Document)
    assert doc.text == text
    first, second = doc.spans["tasks"]
    assert first.text.startswith("Văn phòng Sở chủ trì")
    assert "\nhành chính" in first.text
    assert isinstance(second._.item, Task)
    assert "đề án vị trí việc làm" in second.text


def test_a_text_that_is_no_plan_has_no_tasks() -> None:
    """A bare sentence goes through the whole pipeline; only a plan sets `doc._.kehoach`."""
    for text in ("", "Xin chào.", "\n"):
        doc = pipeline()(text)
        assert doc._.kehoach is None
        assert [len(doc.spans[group]) for group in ("tasks", "citations", "deadlines", "agencies")] == [0] * 4


def _document() -> Document:
    def place(quote: str) -> Span:
        return Span(ITEM.index(quote), ITEM.index(quote) + len(quote))

    cited = "Quyết định số 92/QĐ-UBND ngày 19/01/2024 của UBND tỉnh"
    citation = Citation(
        id="c1", text=cited, span=place(cited), form="numbered", type="Quyết định", type_code="QĐ",
        number="92", symbol="QĐ-UBND", identifier="92/QĐ-UBND", numbering="administrative",
        issued_on=dt.date(2024, 1, 19), issuer=None, title=None,
    )  # fmt: skip
    deadline = Deadline(
        text="trước ngày 20/5/2024", kind="date", stated=dt.date(2024, 5, 20), bound="before", start=None,
        end=dt.date(2024, 5, 19), rrule=None, offset=None, assumed=(), span=place("trước ngày 20/5/2024"),
    )  # fmt: skip
    task = Task(
        id="t1", ordinal=1, label="1", section_id=None, section_path=(), text=ITEM, title=ITEM[:30],
        kind="task", action="chủ trì", lead=(), cooperating=(), approver=(), supervisor=(), lead_source=None,
        deadlines=(deadline,), products=(), budget=None, notes=None, citation_ids=("c1",), origin="prose",
        same_as=None, confidence=0.9, span=place("thực hiện " + cited),
    )  # fmt: skip
    return Document(
        schema_version="1.0", tool=Tool("kehoach", "0"),
        source=SourceInfo("a.txt", "0", "text/plain", None, "text"),
        header=Header(), sections=(), tasks=(task,), citations=(citation,), cited_documents=(), findings=(),
        text=ITEM,
    )  # fmt: skip


def test_a_document_as_a_doc() -> None:
    """`Document.to_spacy` gives the text, the document and a span for each item, its bounds kept exactly."""
    document = _document()
    doc = document.to_spacy()
    assert doc.text == ITEM
    assert doc._.kehoach == document
    assert doc.lang_ == "vi"
    assert [s.text for s in doc.spans["citations"]] == [document.citations[0].text]
    assert [s.text for s in doc.spans["deadlines"]] == ["trước ngày 20/5/2024"]
    assert [s._.item.id for s in doc.spans["tasks"]] == ["t1"]
    assert (doc.spans["tasks"][0].start_char, doc.spans["tasks"][0].end_char) == (
        document.tasks[0].span.start,
        document.tasks[0].span.end,
    )
    # UBND tỉnh issued the decision: it is a part of the citation, not an agency with something to do.
    assert "UBND tỉnh" not in [s.text for s in doc.spans["agencies"]]


def test_a_document_without_text_is_refused() -> None:
    """Without the text there is nothing to make tokens of, and the message says what to do."""
    import msgspec

    with pytest.raises(ValueError, match="text=True"):
        to_spacy(msgspec.structs.replace(_document(), text=None))


def test_docs_are_saved_without_pickle() -> None:
    """Spans and their items go through bytes and `DocBin`."""
    doc = to_spacy(_document())
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    (binned,) = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(doc.vocab)
    for copy in (again, binned):
        assert copy._.kehoach == doc._.kehoach
        assert copy.spans["citations"][0]._.item == doc._.kehoach.citations[0]


def test_a_pipeline_is_saved_and_loaded(tmp_path: Path) -> None:
    """`to_disk`, `spacy.load` and `from_disk` give back the same tokens and components."""
    nlp = pipeline(components=RECOGNISERS)
    nlp.to_disk(tmp_path)
    for copy in (spacy_load(tmp_path), pipeline(components=RECOGNISERS).from_disk(tmp_path)):
        assert copy.pipe_names == list(RECOGNISERS)
        assert [token.text for token in copy(ITEM)] == [token.text for token in nlp(ITEM)]


def test_a_span_of_another_tool_has_no_item() -> None:
    """Spans that are not ours, and a `Doc` that has not been read, give None and no error."""
    doc = pipeline(components=[])(ITEM)
    assert doc._.kehoach is None
    assert doc[0:1]._.item is None


def test_nothing_heavy_is_imported_before_use() -> None:
    """The package's own import loads neither spaCy nor underthesea."""
    code = "import sys, extractor.language; assert not {'spacy', 'underthesea'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
