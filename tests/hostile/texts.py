"""Text files that mean harm: long lines, deep lists, letters that pile up, words that rules start on and do not end."""

from __future__ import annotations

from collections.abc import Callable

PLAN = """Số: 5/KH-STP

Huế, ngày 9 tháng 1 năm 2026

KẾ HOẠCH

Phổ biến pháp luật năm 2026

I. NHIỆM VỤ

"""
MEGABYTE = 1_000_000
NINES = "9" * 5_000


def filled(unit: str, size: int = MEGABYTE, end: str = "") -> bytes:
    """A plan whose one item is a unit over and over, as many characters in all."""
    return f"{PLAN}1. {unit * (size // len(unit))}{end}\n".encode()


UNITS = {
    "letters": "a",
    "blanks": " ",
    "tabs": "\t",
    "digits": "1",
    "full stops": ".",
    "commas": ",",
    "hyphens": "-",
    "slashes": "1/",
    "opening brackets": "(",
    "opening quotes": "“",
    "syllables": "rà soát ",
    "capitals": "KẾ HOẠCH ",
    "names": "Nguyễn Văn ",
    "agencies": "Sở Nội vụ, ",
    "agencies and": "Sở Nội vụ và ",
    "leads": "Sở Nội vụ chủ trì, phối hợp với ",
    "citations begun": "Nghị định số ",
    "citations": "Nghị định số 62/2020/NĐ-CP ",
    "numbers of documents": "62/2020/NĐ-CP-",
    "articles": "khoản 1 Điều 2 ",
    "days": "ngày 1 tháng 2 ",
    "days begun": "ngày ",
    "months": "tháng 1, ",
    "quarters": "quý I, ",
    "before": "trước ",
    "before a day": "trước ngày 30/6/2026, ",
    "every": "hằng tháng ",
    "amendments": "sửa đổi, bổ sung ",
    "e-mail": "a@b.",
    "marks": "à́",
}

MAKERS: dict[str, Callable[[], bytes]] = {
    **{f"a megabyte of {name}": (lambda unit=unit: filled(unit)) for name, unit in UNITS.items()},
    "a letter with a million accents": lambda: filled("\u0301"),
    "a letter with accents above and below by turns": lambda: filled("\u0301\u0316"),
    "a million lines": lambda: (PLAN + "a\n" * MEGABYTE).encode(),
    "a million line ends": lambda: (PLAN + "\n" * MEGABYTE).encode(),
    "20,000 items": lambda: (PLAN + "".join(f"{n}. Sở Nội vụ rà soát danh mục.\n" for n in range(1, 20_000))).encode(),
    "a list 2,000 deep": lambda: (PLAN + "".join(f"{'1.' * n} Rà soát.\n" for n in range(1, 2_000))).encode(),
    "20,000 headings": lambda: (PLAN + "I. NHIỆM VỤ\n" * 20_000).encode(),
    "5,000 heads of documents": lambda: (PLAN * 5_000).encode(),
    "a table of 10,000 rows": lambda: (PLAN + "| 1 | Sở Nội vụ rà soát | trước ngày 30/6/2026 |\n" * 10_000).encode(),
    "40 MB": lambda: (PLAN + "Rà soát danh mục.\n" * 2_400_000).encode(),
    "a million nothings": lambda: PLAN.encode() + bytes(MEGABYTE),
    "nothing": lambda: b"",
    "blank lines alone": lambda: b"\r\n \t\n" * 1_000,
    "in UTF-16": lambda: f"{PLAN}1. Sở Nội vụ rà soát danh mục.\n".encode("utf-16"),
    "in UTF-16 without a mark": lambda: f"{PLAN}1. Sở Nội vụ rà soát danh mục.\n".encode("utf-16-be"),
    "half letters of UTF-16": lambda: PLAN.encode("utf-16") + b"\x00\xd8" * 100_000,
    "numbers of 5,000 digits": lambda: f"Số: {NINES}/KH-STP\n\nHuế, ngày {NINES} tháng {NINES} năm {NINES}\n\nKẾ HOẠCH\n\nI. NHIỆM VỤ\n\n{NINES}. Sở Nội vụ rà soát trước ngày {NINES}/{NINES}/{NINES}, {NINES} ngày kể từ ngày ký, theo Nghị định số {NINES}/{NINES}/NĐ-CP, khoản {NINES} Điều {NINES}.\n".encode(),
    "half a letter": lambda: PLAN.encode("utf-16")[:-1],
    "letters that do not exist": lambda: PLAN.encode() + b"\xff\xfe\xed\xa0\x80" * 100_000,
    "written backwards": lambda: f"{PLAN}1. \u202e{'rà soát ' * 100}\u2066\u2069\n".encode(),
    "RTF groups 200,000 deep": lambda: b"{\\rtf1 " + b"{" * 200_000 + b"}" * 200_000,
    "a DOC of nothing": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100_000),
}  # fmt: skip
