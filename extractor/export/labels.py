"""The codes of the output contract in a clerk's words."""

from __future__ import annotations

KINDS = {"task": "Nhiệm vụ", "report": "Báo cáo"}
SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Lưu ý"}
RELATIONS = {
    "basis": "Căn cứ",
    "implements": "Triển khai thực hiện",
    "promulgates": "Ban hành",
    "attached_to": "Kèm theo",
    "approves": "Phê duyệt",
    "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế",
    "repeals": "Bãi bỏ",
    "guides": "Hướng dẫn",
    "submitted_by": "Do cơ quan khác trình",
    "mentions": "Nhắc đến",
}
LEAD_SOURCES = {
    "stated": "nêu trong nội dung",
    "column": "cột của bảng",
    "heading": "theo đề mục",
    "document": "trách nhiệm chung",
}
TEXT_ORIGINS = {
    "text_layer": "lớp chữ của PDF",
    "ocr": "nhận dạng chữ (OCR)",
    "mixed": "lớp chữ và OCR",
    "docx": "DOCX",
    "text": "tệp văn bản",
}
DEADLINE_KINDS = {
    "date": "ngày cụ thể",
    "period": "khoảng thời gian",
    "recurring": "định kỳ",
    "continuous": "thường xuyên",
    "relative": "tính từ một mốc",
    "conditional": "khi có điều kiện",
}
_EVERY = {"YEARLY": "năm", "MONTHLY": "tháng", "WEEKLY": "tuần", "DAILY": "ngày"}


def recurrence(rrule: str) -> str:
    """How often, in words: "FREQ=MONTHLY;INTERVAL=3" is "hằng quý"; the day is left to the printed deadline."""
    parts = dict(p.split("=", 1) for p in rrule.split(";") if "=" in p)
    frequency, step = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    months = len(parts.get("BYMONTH", "").split(",")) if "BYMONTH" in parts else 0
    if frequency == "YEARLY" and months > 1:
        return "hằng quý" if months == 4 else f"{months} lần một năm"
    if frequency == "MONTHLY" and (step == "3" or months == 4):
        return "hằng quý"
    unit = _EVERY.get(frequency, "kỳ")
    return f"hằng {unit}" if step == "1" else f"{step} {unit} một lần"
