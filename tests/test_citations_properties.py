"""What holds for any text: spans, order, ids, and that resolving never fails."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.recognise.citations import find_citations
from extractor.resolve.references import resolve

PIECES = st.sampled_from(
    [
        "Quyết định", "Nghị quyết", "Luật", "Kế hoạch", "các", "số", "số:", " ", ", ", "; ", " và ", " & ", "\n", "\t", "(", ")", ".",
        "92/QĐ-UBND", "57-NQ/TW", "25/2018/QĐ-UBND", "59/2020/QH14", "30c/NQCP", "154", "11", "ngày 19/01/2024", "ngày 31/02/2024",
        "năm 2025", "của Chính phủ", "của UBND tỉnh Quảng Ngãi", "Đất đai", "sửa đổi, bổ sung một số điều của", "nêu trên", "này",
        "thực hiện", "căn cứ", "ban hành", "thay thế", "hết hiệu lực", "được sửa đổi bởi", "khoản 2 Điều 5", "Điều 3 đến Điều 7",
        "về phát triển công nghệ", "(sau đây gọi là Nghị quyết 57)", "Đại hội XIII của Đảng", "Nghị quyết Trung ương 4", "khóa XI", "XII", "do UBND tỉnh ban hành", "(gọi tắt là", "Đề án", "06", "l2/QĐ-UBND", "5/QÐ-UBND",
        "57-NQ/TVV", "ngày 05/3/2024", "của Chủ tịch UBND tỉnh", "“", "”", "Công ước", "về", "từ khoản 1 đến khoản 3", "phê duyệt tại", "İ", "ß", "Ⅳ", "٣/QĐ-TTg",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30).map("".join) | st.lists(PIECES, max_size=30).map(
    " ".join
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_hold_the_text(text: str) -> None:
    """A span is the mention's text, mentions are in order and do not overlap, ids count them."""
    end = 0
    for i, c in enumerate(find_citations(text), 1):
        assert text[c.span.start : c.span.end] == c.text
        assert c.text
        assert c.span.start >= end
        assert "\n" not in c.text
        assert "\t" not in c.text
        assert c.id == f"c{i}"
        end = c.span.end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_resolving_keeps_the_mentions(text: str) -> None:
    """Every mention comes back with its span; links lead to what is there; the same text gives the same answer."""
    citations = find_citations(text)
    found = resolve(citations, text=text, header=None)
    assert [c.span for c in found.citations] == [c.span for c in citations]
    ids = {c.id for c in citations}
    documents = {d.id for d in found.cited_documents}
    assert len(documents) == len(found.cited_documents)
    for c in found.citations:
        assert c.relation_from is None or c.relation_from in ids - {c.id}
        assert c.cited_document_id is None or c.cited_document_id in documents
    for d in found.cited_documents:
        assert d.citation_ids
        assert set(d.citation_ids) <= ids
    assert resolve(citations, text=text, header=None) == found
