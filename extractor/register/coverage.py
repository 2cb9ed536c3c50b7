"""What a register covers, so that the absence of a document from it is not taken for more than it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extractor.document import CitedDocument
from extractor.register.keys import NumberParts
from extractor.register.organs import code_of, same_organ
from extractor.register.store import Covered


class Coverage:
    """What a register covers, so that "not found" says what it means."""

    def __init__(self, rows: Iterable[Covered]) -> None:
        self.total = self.second_hand = 0
        self._organs: dict[str | None, list[Covered]] = defaultdict(list)
        for r in rows:
            self.total += r.count if r.origin == "register" else 0
            self.second_hand += r.count if r.origin != "register" else 0
            self._organs[code_of(r.organ)].append(r)

    def told(self, cited: CitedDocument, parts: NumberParts | None, place: str | None) -> str:
        """What the absence of a document from this register proves, in Vietnamese."""
        if parts is None:
            return f"Văn bản được gọi theo tên; sổ có {_count(self.total)} văn bản và không có tên này."
        organ = code_of(parts.organ)
        if organ is None:
            return "Số viện dẫn không đủ ký hiệu nên chưa tra được."
        name = (cited.issuer.canonical or cited.issuer.name) if cited.issuer else None
        rows = [r for r in self._organs.get(organ, ()) if _may_be(name, r.issuer, place)]
        who = f"của {name}" if name else f"mang ký hiệu “{organ}”"
        if not rows:
            others = sorted({r.issuer for r in self._organs.get(organ, ()) if r.issuer})[:2]
            only = f" (chỉ có của {', '.join(others)})" if others else ""
            return f"Sổ không có văn bản nào {who}{only}: chưa kết luận được gì."
        told = f"Sổ có {_count(sum(r.count for r in rows))} văn bản {who} ({_span(rows)})"
        year = cited.issued_on.year if cited.issued_on else parts.year
        if year is None:
            return f"{told}; văn bản viện dẫn không ghi năm."
        here = sum(r.count for r in rows if r.year == year)
        if here and here == sum(r.count for r in rows):
            return f"{told}; sổ có thể chưa đủ."
        if here:
            return f"{told}, riêng năm {year} có {_count(here)}; sổ có thể chưa đủ."
        return f"{told}, năm {year} không có văn bản nào: chưa kết luận được gì."

    def summary(self) -> str:
        """One line on the whole register."""
        if not self.total and not self.second_hand:
            return "Sổ trống."
        largest = sorted(self._organs.items(), key=lambda item: -sum(r.count for r in item[1]))[:5]
        parts = [
            f"{organ or 'không rõ'} ({_span(rows)}): {_count(sum(r.count for r in rows))}" for organ, rows in largest
        ]
        second = f", {_count(self.second_hand)} biết qua viện dẫn" if self.second_hand else ""
        return f"Sổ có {_count(self.total)} văn bản{second}. Nhiều nhất: {'; '.join(parts)}."


def _span(rows: Iterable[Covered]) -> str:
    years = sorted(r.year for r in rows if r.year)
    if not years:
        return "không ghi năm"
    return f"{years[0]}–{years[-1]}" if years[0] != years[-1] else f"năm {years[0]}"


def _may_be(name: str | None, issuer: str | None, place: str | None) -> bool:
    return name is None or issuer is None or same_organ(name, issuer, place) is not False


def _count(n: int) -> str:
    return f"{n:,}".replace(",", ".")
