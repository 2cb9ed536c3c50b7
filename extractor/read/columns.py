"""The head and the foot of a document are set in two columns; each is read column by column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.read.labels import (
    ends_sentence,
    is_foot,
    is_head,
    is_signature,
    is_type_line,
    leaves_blank,
    opens_item,
)
from extractor.read.lines import Line, lines_of, make_line
from extractor.read.page import PrintedPage, PrintedWord

_HEAD_LINES = 12
_CENTRE = 18.0
_WORD_GAP = 6.0
_SIGNATURE_GAP = 12.0


def in_columns(lines: Sequence[Line], left: float, right: float) -> list[Line]:
    """The lines of a page in reading order: those of the two-column head and foot left column first.

    `left` and `right` are the margins of the text. Ordinary lines, however widely spaced, are not split.
    """
    if not lines:
        return []
    out: list[Line] = []
    rest = list(lines)
    seed = next((i for i, line in enumerate(rest) if _head_gap(line) is not None), None)
    while seed is not None:
        end = _head_end(rest, seed, (left + right) / 2)
        start = _head_start(rest, seed)
        out.extend(rest[:start])
        out.extend(_split(rest[start:end], _head_gap(rest[seed]) or 0.0))
        rest = rest[end:]
        seed = next((i for i, line in enumerate(rest) if _head_gap(line) is not None), None)
    foot = next((i for i, line in enumerate(rest) if is_foot(line.text)), None)
    joint = next((i for i, line in enumerate(rest[:foot]) if len(_signature_spans(line)) > 1), None)
    if joint is not None:
        end = _joint_end(rest, joint, foot, left, right)
        words = [w for line in rest[joint:end] for w in line.words]
        columns = _by_gap(rest[joint].page, words, _white(words, _signature_spans(rest[joint])))
        return out + rest[:joint] + columns + in_columns(rest[end:], left, right)
    if foot is None:
        return out + _signature(rest, left, right)
    start, end = _foot_start(rest, foot, left, right), _foot_end(rest, foot, left, right)
    words = [w for line in rest[start:end] for w in line.words]
    signed = next((spans for line in rest[start:end] if (spans := _signature_spans(line))), ())
    gap = _gutter([w for w in words if not signed or w.x0 <= signed[0][0] + 1], left, right)
    if gap is None:
        columns = [make_line(line.page, line.words, "left") for line in rest[start:end]]
    else:
        columns = _by_gap(rest[start].page, words, gap)
    return out + rest[:start] + columns + in_columns(rest[end:], left, right)


def _head_gap(line: Line) -> float | None:
    """Where the right column starts on a line that holds the state's or the Party's name; None elsewhere."""
    if not is_head(line.text):
        return None
    for i in range(len(line.words)):
        tail = " ".join(w.text for w in line.words[i:])
        if is_head(tail) and not is_head(" ".join(w.text for w in line.words[i + 1 :])):
            return line.words[i].x0 - 1.0
    return None


def _head_start(lines: Sequence[Line], seed: int) -> int:
    """The first line of a head: an organ may start a line above the state's name."""
    gap = _head_gap(lines[seed]) or 0.0
    start = seed
    while start and lines[start - 1].x1 < gap + 4 and lines[seed].top - lines[start - 1].top < 30:
        start -= 1
    return start


def _head_end(lines: Sequence[Line], seed: int, middle: float) -> int:
    """The line after the last one of a head: a line set on the middle of the page is the document's type."""
    gap = _head_gap(lines[seed]) or 0.0
    right_words = [w for w in lines[seed].words if w.x0 >= gap]
    centre = (right_words[0].x0 + right_words[-1].x1) / 2
    for i in range(seed + 1, min(len(lines), seed + _HEAD_LINES)):
        line = lines[i]
        left = [w for w in line.words if w.x1 <= gap + 4]
        right = [w for w in line.words if w.x0 >= gap - 30]
        if is_type_line(line.text) or is_head(line.text):
            if is_type_line(line.text):
                return i
            continue
        if left and right and len(left) + len(right) == len(line.words):
            if right[0].x0 - left[-1].x1 < 12:
                return i
        elif left and len(left) == len(line.words):
            if line.x1 > gap - 4 or opens_item(line.text):
                return i
        elif abs(line.centre - middle) < abs(line.centre - centre) or line.x0 < gap - 30:
            return i
    return min(len(lines), seed + _HEAD_LINES)


def _split(lines: Sequence[Line], gap: float) -> list[Line]:
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        cut = next((i for i, w in enumerate(line.words) if w.x0 >= gap), len(line.words))
        widest = max(
            (i for i in range(1, len(line.words)) if not leaves_blank(line.words[i - 1].text)),
            key=lambda i: line.words[i].x0 - line.words[i - 1].x1 - 0.05 * abs(line.words[i].x0 - gap),
            default=0,
        )
        if widest and line.words[widest].x0 - line.words[widest - 1].x1 > 20 and line.x1 > gap:
            cut = widest
        elif 0 < cut < len(line.words) and line.words[cut].x0 - line.words[cut - 1].x1 < _WORD_GAP:
            # A long date line starts left of the state's name: no gap parts its words.
            cut = 0 if line.centre > gap else len(line.words)
        if line.words[:cut]:
            left.append(make_line(line.page, line.words[:cut], "left"))
        if line.words[cut:]:
            right.append(make_line(line.page, line.words[cut:], "right"))
    return left + right


def _signature_spans(line: Line) -> tuple[tuple[float, float], ...]:
    """Where two signatures that stand side by side at the end of a line start and end; () on any other line."""
    cuts = [i for i in range(1, len(line.words)) if line.words[i].x0 - line.words[i - 1].x1 > _SIGNATURE_GAP]
    parts = [line.words[i:j] for i, j in pairwise((0, *cuts, len(line.words)))]
    if len(parts) < 2 or not all(is_signature(" ".join(w.text for w in part)) for part in parts[-2:]):
        return ()
    return tuple((part[0].x0, part[-1].x1) for part in parts[-2:])


def _white(words: Sequence[PrintedWord], spans: Sequence[tuple[float, float]]) -> float:
    """The middle of the widest strip that words leave white between two signatures, whose first line is `spans`."""
    (_, start), (end, _) = spans
    best, reach = (0.0, (start + end) / 2), 0.0
    for x0, x1 in sorted((w.x0, w.x1) for w in words):
        if reach >= start - 0.1 and x0 <= end + 0.1 and x0 - reach > best[0]:
            best = (x0 - reach, (x0 + reach) / 2)
        reach = max(reach, x1)
    return best[1]


def _joint_end(lines: Sequence[Line], joint: int, foot: int | None, left: float, right: float) -> int:
    """The line after two signatures: the list of recipients, or a line that fills the width."""
    end = foot if foot is not None else len(lines)
    wide = (
        i for i in range(joint + 1, end) if lines[i].x1 - lines[i].x0 > 0.75 * (right - left) and _unbroken(lines[i])
    )
    return next(wide, end)


def _unbroken(line: Line) -> bool:
    return max((b.x0 - a.x1 for a, b in pairwise(line.words)), default=0.0) < 15


def _foot_start(lines: Sequence[Line], foot: int, left: float, right: float) -> int:
    """The first line of a foot: the signature's column may start above "Nơi nhận"."""
    start = foot
    while start and _far_right(lines[start - 1], left, right) and foot - start < 4:
        start -= 1
    return start


def _foot_end(lines: Sequence[Line], foot: int, left: float, right: float) -> int:
    """The line after the last one of a foot: an appendix may start below it on the same page."""
    for i in range(foot + 1, len(lines)):
        line = lines[i]
        wide = line.x1 - line.x0 > 0.75 * (right - left) and _unbroken(line)
        if wide or (is_type_line(line.text) and abs(line.centre - (left + right) / 2) < _CENTRE):
            return i
    return len(lines)


def _far_right(line: Line, left: float, right: float) -> bool:
    width = right - left
    return line.x0 > left + 0.38 * width and line.x1 - line.x0 < 0.6 * width and not opens_item(line.text)


def _gutter(words: Sequence[PrintedWord], left: float, right: float) -> float | None:
    """The widest empty strip between the two columns of a foot, or None where there is one column."""
    spans = sorted((w.x0, w.x1) for w in words)
    best, reach = (8.0, 0.0), left
    for x0, x1 in spans:
        if x0 - reach > best[0] and left + 0.15 * (right - left) < x0 < left + 0.85 * (right - left):
            best = (x0 - reach, (x0 + reach) / 2)
        reach = max(reach, x1)
    return best[1] or None


def _by_gap(page: PrintedPage, words: Sequence[PrintedWord], gap: float) -> list[Line]:
    right = [w for w in words if w.x0 >= gap]
    if page.scanned:
        # Over the signer's office and name lie the seal and the signature; neither holds a figure.
        right = [w for w in right if w.text.strip(".,()").replace("-", "").isalpha()]
    return [*lines_of(page, [w for w in words if w.x0 < gap], "left"), *_signatures(page, right)]


def _signatures(page: PrintedPage, words: Sequence[PrintedWord]) -> list[Line]:
    """The right column of a foot; two signatures in it one after the other."""
    lines = lines_of(page, words, "right")
    spans = next((spans for line in lines if (spans := _signature_spans(line))), None)
    if spans is None:
        return lines
    gap = _white(words, spans)
    sides = ([w for w in words if w.x0 < gap], [w for w in words if w.x0 >= gap])
    return [line for side in sides for line in lines_of(page, side, "right")]


def _signature(lines: list[Line], left: float, right: float) -> list[Line]:
    """A signature that stands alone at the right, with nothing beside it."""
    start = len(lines)
    while start and _far_right(lines[start - 1], left, right) and not ends_sentence(lines[start - 1].text):
        start -= 1
    block = lines[start:]
    if not 2 <= len(block) <= 8 or not start or any(b.top - a.bottom < -8 for a, b in pairwise(block)):
        return lines
    return lines[:start] + [make_line(line.page, line.words, "right") for line in block]
