"""The lines at the top right of a document."""

from __future__ import annotations

from typing import Any

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


def motto(head: dict[str, Any]) -> tuple[str, ...]:
    """The lines at the top right: the state's, or the Party's own (Hướng dẫn 36-HD/VPTW)."""
    return PARTY if head.get("party") else MOTTO
