"""Whether the text layer of a page can be trusted: measured, page by page."""

from __future__ import annotations

from typing import Literal

import msgspec

from extractor.read.labels import is_stamp
from extractor.read.legacy import decoded, encoding_by_letters
from extractor.read.lines import lines_of
from extractor.read.page import PrintedPage, PrintedWord
from extractor.read.pdf_page import PageText
from extractor.read.syllables import marked_share, plausible_share

Verdict = Literal["good", "empty", "missing", "signature", "broken", "toneless"]

_LETTERS = 120  # fewer say nothing about how the text was made
_FOREIGN = 0.03
_MARKED = 0.10  # 0.26 to 0.30 in prose, 0.17 in the poorest table of figures
_PLAUSIBLE = 0.55
_PICTURE = 0.5
_FEW_WORDS = 40
_DRAWN = 400

REASONS: dict[Verdict, str] = {
    "missing": "trang là ảnh chụp, không có lớp chữ",
    "signature": "lớp chữ chỉ có chữ ký số",
    "broken": "lớp chữ sai bảng mã",
    "toneless": "lớp chữ mất dấu tiếng Việt",
}


def judged(text: PageText) -> tuple[Verdict, PrintedPage]:
    """The verdict on a page's text layer, and the page with the words to use if it is good.

    Invisible words count where the page is a picture: they are then an earlier OCR. "Uû ban nh©n d©n" in a
    TCVN3 layer is decoded and good; "6Ӣ CÔNG 7+ѬѪ1*" is broken.
    """
    page = text.page
    scanned = text.image_share > _PICTURE
    words = page.words + text.hidden if scanned else page.words
    if scanned and _without_stamps(page, words) < _FEW_WORDS:
        return ("signature" if words else "missing"), msgspec.structs.replace(page, words=())
    if not words:
        return ("missing" if text.paths > _DRAWN else "empty"), page
    page, joined = _in_unicode(msgspec.structs.replace(page, words=words if scanned else page.words))
    return _quality(joined), page


def _without_stamps(page: PrintedPage, words: tuple[PrintedWord, ...]) -> int:
    """How many words stand in lines that are no stamp of a digital signature."""
    return sum(len(line.words) for line in lines_of(page, words) if not is_stamp(line.text))


def _in_unicode(page: PrintedPage) -> tuple[PrintedPage, str]:
    joined = " ".join(w.text for w in page.words)
    encoding = encoding_by_letters(joined)
    if encoding is None:
        return page, joined
    words = tuple(_replaced(w, decoded(w.text, encoding)) for w in page.words)
    return msgspec.structs.replace(page, words=words), decoded(joined, encoding)


def _replaced(word: PrintedWord, text: str) -> PrintedWord:
    return msgspec.structs.replace(word, text=text)


def _quality(text: str) -> Verdict:
    if sum(map(str.isalpha, text)) < _LETTERS:
        return "good"
    marked, foreign = marked_share(text)
    unmapped = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uefff" or c < " ")
    if foreign > _FOREIGN or unmapped > _FOREIGN * len(text):
        return "broken"
    if marked < 2 * _MARKED and plausible_share(text.split()) < _PLAUSIBLE:
        return "broken"
    return "toneless" if marked < _MARKED else "good"
