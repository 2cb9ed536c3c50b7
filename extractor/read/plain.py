"""Plain text and Markdown: hard-wrapped lines and paragraphs split by a page break are made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import SourceInfo
from extractor.errors import UnreadableError
from extractor.read import limits
from extractor.read.labels import continues, is_head, is_rule, opens_item
from extractor.read.legacy import decoded, encoding_by_letters
from extractor.source import Cell, Column, Paragraph, Source, Table, Word

_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,2})(?=[^\s*_)])([^*_\n]{1,4000}?)(?<=[^\s*_(])\1(?![\w*])")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_ESCAPE = re.compile(r"\\([-\\`*_{}\[\]()#+.!|<>])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*){0,60}\|?\s*")
_GAP = re.compile(r"\S(?: {3,}|\t+ *)\S")
_WRAP = (50, 130)
_PROBE = 20_000


def read_plain(data: bytes, name: str, digest: str) -> Source:
    """The paragraphs and pipe tables of a text in UTF-8, or UTF-16 with a byte order mark.

    Marks of emphasis are no words: "*(qua Văn phòng)*" reads "(qua Văn phòng)". Raises `UnreadableError`
    for another encoding.
    """
    text = _decode(data, name)
    if encoding := encoding_by_letters(text[:_PROBE]):
        text = decoded(text, encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    info = SourceInfo(name, digest, "text/plain", None, "text")
    return Source(info, tuple(_parts(lines)))


def _decode(data: bytes, name: str) -> str:
    if len(data) > limits.TEXT_BYTES:
        raise UnreadableError(name, "Tệp văn bản quá lớn.", "Tách tệp thành nhiều phần nhỏ hơn 32 MB.")
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise UnreadableError(
            name, "Văn bản không ở bảng mã UTF-8 hoặc UTF-16.", "Mở tệp và lưu lại với bảng mã UTF-8."
        )
    return text


def _parts(lines: list[str]) -> Iterator[Paragraph | Table]:
    width = _wrap_width(lines)
    paragraphs: list[_Open] = []
    fresh = True
    i = plain_until = 0
    while i < len(lines):
        table_end = _table_end(lines, i)
        if table_end:
            yield from (p.close() for p in paragraphs)
            paragraphs = []
            yield _table(lines[i:table_end])
            i, fresh = table_end, True
            continue
        columns_end = 0
        if i >= plain_until:
            plain_until = _block_end(lines, i)
            columns_end = _columns_end(lines, i, plain_until)
        if columns_end:
            yield from (p.close() for p in paragraphs)
            paragraphs = []
            yield from _columns(lines[i:columns_end])
            i, fresh = columns_end, True
            continue
        line = lines[i].strip()
        i += 1
        if not line:
            fresh = True
        elif is_rule(line):
            yield from (p.close() for p in paragraphs)
            paragraphs, fresh = [], True
        else:
            heading = _HEADING.match(line)
            text = heading[1] if heading else line
            last = paragraphs[-1] if paragraphs else None
            if last and not heading and last.takes(_unmarked(text), fresh, width):
                last.lines.append(text)
            else:
                paragraphs.append(_Open([text], bold=heading is not None))
            fresh = False
    yield from (p.close() for p in paragraphs)


class _Open:
    """A paragraph that may still go on."""

    def __init__(self, lines: list[str], bold: bool) -> None:
        self.lines = lines
        self.bold = bold

    def takes(self, line: str, after_blank: bool, width: int) -> bool:
        """Whether `line` belongs to this paragraph."""
        if self.bold:
            return False
        last = _unmarked(self.lines[-1])
        if continues(last, line):
            return True
        if after_blank or not width or opens_item(line):
            return False
        return len(last) + 1 + len(line.split(" ", 1)[0]) > width

    def close(self) -> Paragraph:
        text = " ".join(self.lines)
        bold = self.bold or bool(re.fullmatch(r"(\*\*|__)[^*_]+\1", text))
        italic = bool(re.fullmatch(r"([*_])[^*_]+\1", text))
        return Paragraph(_words(text), bold=bold, italic=italic)


def _wrap_width(lines: list[str]) -> int:
    """The column at which the writer's program broke its lines; 0 where it did not break them."""
    long = sorted(len(line.strip()) for line in lines if len(line.strip()) > _WRAP[0])
    if len(long) < 4 or long[-1] > _WRAP[1]:
        return 0
    return long[len(long) * 9 // 10]


def _unmarked(text: str) -> str:
    """The words without Markdown's marks of emphasis and escapes."""
    if "*" in text or "_" in text:
        for _ in range(2):
            text = _EMPHASIS.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return text.replace("`", "").strip()


def _words(text: str, *, breaks: bool = False) -> tuple[Word, ...]:
    words: list[Word] = []
    for n, part in enumerate(_BREAK.split(text) if breaks else (text,)):
        for k, word in enumerate(_unmarked(part).split()):
            words.append(Word(word, before="\n" if n and not k and words else " "))
    return tuple(words)


def _table_end(lines: list[str], i: int) -> int:
    """The line after the table that starts at line `i`; 0 where none starts there."""
    if lines[i].lstrip().startswith("|"):
        end = i
        while end < len(lines) and lines[end].lstrip().startswith("|"):
            end += 1
        return end if end - i > 1 else 0
    tabs = lines[i].strip().count("\t")
    if tabs < 2:
        return 0
    end = i
    while end < len(lines) and lines[end].rstrip("\n").count("\t") == lines[i].count("\t"):
        end += 1
    return end if end - i > 2 else 0


def _table(lines: list[str]) -> Table:
    rows: list[list[str]] = []
    for line in lines:
        if "|" not in line:
            rows.append(line.split("\t"))
        elif not _PIPE_RULE.fullmatch(line.strip()):
            inner = line.strip().removeprefix("|").removesuffix("|")
            rows.append([c.replace("\\|", "|") for c in re.split(r"(?<!\\)\|", inner)])
    width = max(map(len, rows))
    return Table(
        tuple(
            tuple(
                Cell(_words(c, breaks=True), bold=c.strip().startswith("**")) for c in row + [""] * (width - len(row))
            )
            for row in rows
        )
    )


def _block_end(lines: list[str], i: int) -> int:
    """The first empty line from line `i` on."""
    while i < len(lines) and lines[i].strip():
        i += 1
    return i


def _columns_end(lines: list[str], i: int, end: int) -> int:
    """The line after a head set in two columns by spaces, if the block of lines i to `end` holds one; else 0."""
    block = lines[i:end]
    if not any("   " in line or "\t" in line for line in block):
        return 0
    if not any(_GAP.search(line.strip()) and is_head(line) for line in block):
        return 0
    for k in range(end, min(end + 6, len(lines))):
        if _GAP.search(lines[k].strip()):
            end = k + 1
    return end


def _columns(lines: list[str]) -> Iterator[Paragraph]:
    edges = [m.end() - 1 for m in map(_GAP.search, lines) if m]
    edge = min(edges)
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        cut = _GAP.search(line.strip())
        if cut:
            left.append(line.strip()[: cut.start() + 1])
            right.append(line.strip()[cut.end() - 1 :])
        elif line.strip():
            (right if len(line) - len(line.lstrip()) >= edge - 8 else left).append(line)
    column: Column
    for column, side in (("left", left), ("right", right)):
        for line in side:
            if not is_rule(line):
                yield Paragraph(_words(line), column=column)
