"""What a cited document is about: the words that follow its number, date and issuer."""

from __future__ import annotations

import re
from functools import cache

from extractor.document import Agency
from extractor.recognise.issuers import UPPER, name_at
from extractor.recognise.pinpoints import PINPOINT
from extractor.rules import load

_MAX_TITLE = 400
_FEWEST_WORDS = 3


@cache
def _openers() -> re.Pattern[str]:
    openers = sorted(load("titles")["openers"], key=len, reverse=True)
    # Behind a comma only "về" still belongs to the document; a verb there is the text's own.
    return re.compile(rf"(?:,(?= (?:về|V/v)(?!\w)))? (?=[“\"]?(?:{'|'.join(map(re.escape, openers))})(?!\w))", re.I)


def _any(name: str) -> str:
    return "|".join(sorted(map(re.escape, load("titles")[name]), key=len, reverse=True))


@cache
def _end() -> re.Pattern[str]:
    behind = "".join(f"(?<!{word})" for word in load("titles")["not_behind"])
    # A quotation is one piece of the title. A full stop ends the title unless it stands in a number; a comma does
    # where the acting organ or the task goes on behind it.
    return re.compile(
        r"(?P<quoted>“[^“”\n\t]{1,300}”|\"[^\"\n\t]{1,300}\")"
        rf"|[;()\n\t\"“”]|\.(?=\s|$|/)|:(?=\s|$)|,? [-–] (?=[{UPPER}]\w* [^,.;]{{0,40}}:)"
        rf"|{behind}(?:,? (?=(?i:{_any('ends')})(?!\w))|, (?=(?:{_any('actors')}|(?i:{_any('clauses')}))(?!\w)))"
    )


# What a title that the next citation ends may not end with: the words that led on to that citation.
_LEADING_WORDS = (
    "và|của|theo|tại|các|để|về|cho|với|trong|đến|(?:được )?ban hành (?:kèm theo|theo|tại)|kèm theo|những|bởi|từ|do|như"
    "|trên cơ sở|căn cứ|đối với"
    "|và (?:(?:kế hoạch|chương trình|việc) )?(?:triển khai|thực hiện|triển khai thực hiện|tổ chức thực hiện)"
)
_LEADING_ON = re.compile(rf"(?:[ ,“\"]+(?:{_LEADING_WORDS}|{PINPOINT}))+$", re.I)


_ISSUED_BY = re.compile(r" do (?P<organ>[^.;\n\t]{3,120}?)(?P<issued> ban hành)?$")


def issued_by(title: str) -> tuple[str, Agency | None]:
    """A title without the issuer that ends it, and the issuer: "về thực hành tiết kiệm do Thủ tướng ban hành".

    An organ that is said to do something else is cut off too: "về kinh tế tư nhân do Bộ Chính trị, … tổ chức".
    """
    said = _ISSUED_BY.search(title)
    organ = name_at(title, said.start("organ")) if said else None
    if said is None or organ is None or organ.end != said.end("organ"):
        return title, None
    return title[: said.start()], organ.agency if said["issued"] else None


def title_end(text: str, pos: int, limit: int) -> int | None:
    """Where the title ends that begins at `pos`, at most `limit`; None where no title begins there."""
    opener = _openers().match(text, pos)
    if not opener:
        return None
    stop = min(limit, opener.end() + _MAX_TITLE)
    for end in _end().finditer(text, opener.end(), stop):
        if not end["quoted"]:
            return end.start()
    return stop


def title_at(text: str, pos: int, limit: int) -> str | None:
    """The title that starts at `pos`, ended by `limit` (the next citation), a bracket, ";" or the paragraph.

    " về phát triển công nghệ sinh học, hoàn thành trước ngày 30/6" gives "về phát triển công nghệ sinh học";
    a rest of fewer than three words tells nothing and is None.
    """
    end = title_end(text, pos, limit)
    if end is None:
        return None
    title = text[pos:end].lstrip(", ")
    if end < limit and end - pos >= _MAX_TITLE:
        title = title.rpartition(" ")[0]
    title = title.rstrip(" ,.-–/")
    if end == limit < len(text):
        title = _LEADING_ON.sub("", title).rstrip(" ,")
    return title if len(title.split()) >= _FEWEST_WORDS else None
