"""A plan whose every field tries to be something else: markup, a formula, a name written backwards."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from extractor import Document, extract_text
from extractor.document import Finding

SCRIPT = "<script>window.hurt=1</script>"
TAG = "\"><img src=x onerror='window.hurt=1'>"
FORMULA = '=HYPERLINK("http://example.invalid","mở")'
BACKWARDS = "hợp\u202epdf.exe"
TEMPLATE = "{{ 7*7 }}{% raw %}"
PIPES = "a | b | `c` | [d](javascript:alert(1)) | **e**"

PLAN = """SỞ NỘI VỤ

Số: 5/KH-SNV

Huế, ngày 9 tháng 1 năm 2026

KẾ HOẠCH

Cải cách hành chính năm 2026

II. NHIỆM VỤ

1. Phòng Tổ chức, biên chế chủ trì, phối hợp với Văn phòng Sở rà soát danh mục vị trí việc làm theo Nghị định số 62/2020/NĐ-CP ngày 01/6/2020 của Chính phủ, hoàn thành trước ngày 30/6/2026.

2. Văn phòng Sở cập nhật số liệu trước ngày 25 hằng tháng.

3. Thanh tra Sở xây dựng báo cáo gửi UBND tỉnh trước ngày 15/6/2026 và trước ngày 10/12/2026.

4. Các phòng thường xuyên tự kiểm tra công vụ.

5. Phòng Công chức, viên chức tổ chức tập huấn trong quý III/2026.

GIÁM ĐỐC

Phan Văn Bình
"""


@cache
def plan() -> Document:
    """The plan as it stands above."""
    return extract_text(PLAN, name="ke-hoach.txt")


@cache
def hostile() -> Document:
    """The plan with an attack in the text, in every name, title and label."""
    document = plan()
    evil = f"{FORMULA} {SCRIPT} {TAG} {TEMPLATE} {PIPES} {BACKWARDS}"
    tasks = tuple(
        replace(
            t,
            text=evil,
            title=evil,
            label=SCRIPT,
            section_path=(evil,),
            lead=tuple(replace(a, name=evil, canonical=None) for a in t.lead),
            cooperating=tuple(replace(a, name=TAG, canonical=SCRIPT) for a in t.cooperating),
            products=("+1+1", "-2", "@SUM(A1)", "\t=1", SCRIPT),
            budget="=1+1",
            notes=SCRIPT,
            deadlines=tuple(replace(d, text=f"{d.text} {SCRIPT}") for d in t.deadlines),
        )
        for t in document.tasks
    )
    text = document.text or ""
    return replace(
        document,
        text=f"{text}{evil}\n",
        tasks=tasks,
        header=replace(document.header, title=evil, place=TAG, recipients=(evil,)),
        source=replace(document.source, file=f"{SCRIPT}{TAG}.txt"),
        citations=tuple(replace(c, text=evil, title=SCRIPT, type=TAG, identifier=evil) for c in document.citations),
        findings=(Finding("x", "error", evil, "t-x", document.tasks[0].span), *document.findings),
    )
