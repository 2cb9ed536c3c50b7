"""What a cited document is about: the words that follow its number, date and issuer."""

from __future__ import annotations

import re
from functools import cache

from extractor.recognise.issuers import UPPER
from extractor.rules import load

_MAX_TITLE = 400


@cache
def _openers() -> re.Pattern[str]:
    openers = sorted(load("titles")["openers"], key=len, reverse=True)
    # Behind a comma only "về" still belongs to the document; a verb there is the text's own.
    return re.compile(rf"(?:,(?= (?:về|V/v)(?!\w)))? (?=(?:{'|'.join(map(re.escape, openers))})(?!\w))", re.I)


@cache
def _end() -> re.Pattern[str]:
    actors = "|".join(sorted(map(re.escape, load("titles")["actors"]), key=len, reverse=True))
    # A full stop ends the title unless it stands in a number; a comma does where the acting organ follows.
    return re.compile(rf"[;()\n\t\"“”]|\.(?=\s|$|/)|: |, (?=(?:{actors})(?!\w))|\. [{UPPER}]")


_DANGLING = re.compile(r"(?:[ ,]+(?:và|của|theo|tại|số|các|để|về|thực hiện|triển khai|cho))+$")


def title_end(text: str, pos: int, limit: int) -> int | None:
    """Where the title ends that begins at `pos`, at most `limit`; None where no title begins there."""
    opener = _openers().match(text, pos)
    if not opener:
        return None
    stop = min(limit, opener.end() + _MAX_TITLE)
    end = _end().search(text, opener.end(), stop)
    return end.start() if end else stop


def title_at(text: str, pos: int, limit: int) -> str | None:
    """The title that starts at `pos`, ended by `limit` (the next citation), a bracket, ";" or the paragraph.

    " về phát triển công nghệ sinh học; …" gives "về phát triển công nghệ sinh học".
    """
    end = title_end(text, pos, limit)
    if end is None:
        return None
    title = text[pos:end].lstrip(", ")
    if end < limit and end - pos >= _MAX_TITLE:
        title = title.rpartition(" ")[0]
    title = _DANGLING.sub("", title.rstrip(" ,.-–/")).strip()
    return title if title.count(" ") >= 2 else None
