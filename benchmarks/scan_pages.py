"""Pages of an invented plan that is all numbers, quarters and cells, for measuring how OCR reads them."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples"

_SYMBOLS = (
    "{n}/KH-UBND", "{n}/QĐ-UBND", "{n}/{y}/QĐ-UBND", "{n}/QĐ-TTg", "{n}/CT-TTg", "{n}/{y}/NĐ-CP", "{n}/NQ-CP",
    "{n}-NQ/TW", "{n}-CTr/TU", "{n}-KL/TW", "{n}-CT/TW", "{n}/KH-STTTT", "{n}/KH-SGDĐT", "{n}/KH-SNV", "{n}/KH-STP",
    "{n}/KH-SKHCN", "{n}/QĐ-BTTTT", "{n}/{y}/TT-BTTTT", "{n}/{y}/TT-BNV", "{n}/{y}/TT-BTC", "{n}/BC-STTTT",
    "{n}/QĐ-BNNMT", "{n}/KH-SVHTTDL", "{n}/HD-SNV", "{n}/TB-VPCP", "{n}/BCT-TMĐT", "{n}/{y}/NQ-HĐND", "{n}/{y}/QH15",
    "{n}/KH-BCĐ", "{n}/TTr-STC", "{n}/KH-BVHTTDL", "{n}/QĐ-STTTT", "{n}/VPCP-KSTT", "{n}/KH-BHXH",
)  # fmt: skip
_KINDS = {
    "KH": "Kế hoạch", "QĐ": "Quyết định", "CT": "Chỉ thị", "NĐ": "Nghị định", "NQ": "Nghị quyết", "CTr": "Chương trình",
    "KL": "Kết luận", "TT": "Thông tư", "BC": "Báo cáo", "HD": "Hướng dẫn", "TB": "Thông báo", "TTr": "Tờ trình",
    "QH15": "Luật Lưu trữ",
}  # fmt: skip
_WORK = (
    "Rà soát, cập nhật danh mục dịch vụ công theo {a} và {b}; hoàn thành trong quý {q}/2026.",
    "Tổ chức tập huấn cho cán bộ cấp xã như đã nêu tại {a}, báo cáo trước ngày {d}, xong trong Quý {q} năm 2026.",
    "Theo {a}, các phòng chuyên môn lập hồ sơ, số hóa tài liệu đang lưu; thời gian: Quý {q}/2026.",
    "Tiếp tục thực hiện {a} (thay thế {b}), sơ kết vào quý {q} năm 2027.",
)
_CELLS = ("Rà soát thủ tục theo {a}", "Kiểm tra việc chấp hành {a}", "Lập danh sách, số hóa hồ sơ nêu tại {a}")
_ORGANS = ("Sở Nội vụ", "Văn phòng UBND tỉnh", "Sở Khoa học và Công nghệ", "UBND các xã, phường", "Thanh tra tỉnh")
_QUARTERS = ("I", "II", "III", "IV")


def write_pages(target: Path, seed: int) -> None:
    """Write one plan of about four pages: running text, and a ruled table."""
    sys.path.insert(0, str(SAMPLES))
    from pdf_writer import write_pdf

    rng = random.Random(seed)
    body = "\n".join(f"{i}. {_filled(rng, _WORK[i % len(_WORK)])}" for i in range(1, 25))
    rows = [
        [str(i), _filled(rng, _CELLS[i % len(_CELLS)]), rng.choice(_ORGANS), _filled(rng, "Quý {q}/2026"), _cited(rng)]
        for i in range(1, 19)
    ]
    columns = ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian", "Căn cứ"]
    table = {"columns": columns, "widths": [5, 35, 15, 12, 33], "rows": rows}
    head = {"parent": "UBND TỈNH AN GIANG", "issuer": "SỞ NỘI VỤ", "place_date": "An Giang, ngày 05 tháng 3 năm 2026"}
    head["number"] = f"Số: {rng.randint(11, 999)}/KH-SNV"
    first: dict[str, Any] = {"head": head, "type": "KẾ HOẠCH", "title": "Rà soát, số hóa hồ sơ năm 2026", "body": body}
    write_pdf([first, {"body": "^ PHỤ LỤC", "table": table}], target)


def _cited(rng: random.Random) -> str:
    number, year = rng.choice((rng.randint(2, 99), rng.randint(100, 4999))), rng.randint(2016, 2026)
    symbol = rng.choice(_SYMBOLS).format(n=number, y=year)
    parts = symbol.replace("-", "/").split("/")
    kind = next((_KINDS[part] for part in parts if part in _KINDS), "Công văn")
    return f"{kind} số {symbol} ngày {rng.randint(1, 28)}/{rng.randint(1, 12)}/{rng.randint(2016, 2026)}"


def _filled(rng: random.Random, pattern: str) -> str:
    day = f"{rng.randint(1, 28):02}/{rng.randint(3, 12)}/2026"
    return pattern.format(a=_cited(rng), b=_cited(rng), q=rng.choice(_QUARTERS), d=day)
