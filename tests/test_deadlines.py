"""What is a time limit, and what days it means."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extractor.document import Deadline
from extractor.recognise.deadlines import find_deadlines

SIGNED = dt.date(2026, 3, 1)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def told(found: tuple[Deadline, ...]) -> list[tuple[Any, ...]]:
    return [(d.text, d.kind, d.bound, d.start and str(d.start), d.end and str(d.end), d.rrule) for d in found]


Row = tuple[str, str, str | None, str | None, str | None, str | None]

# Running text: (sentence, its limits as (text, kind, bound, start, end, rrule)).
PROSE: list[tuple[str, list[Row]]] = [
    (
        "Rà soát toàn bộ thôn trên địa bàn; hoàn thành trước ngày 10 tháng 6 năm 2026.",
        [("trước ngày 10 tháng 6 năm 2026", "date", "before", None, "2026-06-09", None)],
    ),
    (
        "Sở Tài chính trình Ủy ban nhân dân tỉnh trong quý II năm 2026.",
        [("trong quý II năm 2026", "period", "within", "2026-04-01", "2026-06-30", None)],
    ),
    (
        "Báo cáo 6 tháng trước ngày 15/7, báo cáo năm trước ngày 15/01/2027.",
        [
            ("trước ngày 15/7", "date", "before", None, "2026-07-14", None),
            ("trước ngày 15/01/2027", "date", "before", None, "2027-01-14", None),
        ],
    ),
    (
        "Từ năm 2027, từng bước nâng mức hỗ trợ.",
        [("Từ năm 2027", "period", "from", "2027-01-01", None, None)],
    ),
    (
        "Phấn đấu đến năm 2030, 100% xã đạt chuẩn.",
        [("đến năm 2030", "period", "by", None, "2030-12-31", None)],
    ),
    (
        "Bảo đảm đến hết năm 2030 số lượng cấp phó thực hiện đúng quy định.",
        [("đến hết năm 2030", "date", "by", None, "2030-12-31", None)],
    ),
    (
        "Các sở định kỳ hằng năm gửi kết quả về Sở Y tế trước ngày 31 tháng 12 để tổng hợp.",
        [
            (
                "định kỳ hằng năm gửi kết quả về Sở Y tế trước ngày 31 tháng 12",
                "recurring",
                "before",
                None,
                None,
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
            )
        ],
    ),
    (
        "Các sở định kỳ hàng năm (trước ngày 10/12) hoặc đột xuất báo cáo.",
        [
            (
                "định kỳ hàng năm (trước ngày 10/12)",
                "recurring",
                "before",
                None,
                None,
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10",
            )
        ],
    ),
    (
        "định kỳ hằng năm đánh giá kết quả, báo cáo Thủ tướng trước ngày 30 tháng 11 hằng năm, gửi Bộ Nội vụ",
        [
            (
                "trước ngày 30 tháng 11 hằng năm",
                "recurring",
                "before",
                None,
                None,
                "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
            )
        ],
    ),
    (
        "Báo cáo Thủ tướng Chính phủ vào thứ Sáu hàng tuần; báo cáo tổng thể trước ngày 05 tháng 7 năm 2026.",
        [
            ("vào thứ Sáu hàng tuần", "recurring", "on", None, None, "FREQ=WEEKLY;BYDAY=FR"),
            ("trước ngày 05 tháng 7 năm 2026", "date", "before", None, "2026-07-04", None),
        ],
    ),
    (
        "Các phòng định kỳ 6 tháng, năm báo cáo (6 tháng trước ngày 20/5/2026 và cả năm trước ngày 20/11/2026).",
        [
            ("định kỳ 6 tháng", "recurring", None, None, None, "FREQ=MONTHLY;INTERVAL=6"),
            ("năm", "recurring", None, None, None, "FREQ=YEARLY"),
            ("trước ngày 20/5/2026", "date", "before", None, "2026-05-19", None),
            ("trước ngày 20/11/2026", "date", "before", None, "2026-11-19", None),
        ],
    ),
    (
        "Định kỳ 6 tháng, năm báo cáo kết quả (trước ngày 15/6 và trước ngày 10/12).",
        [
            ("trước ngày 15/6", "recurring", "before", None, None, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"),
            ("trước ngày 10/12", "recurring", "before", None, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"),
        ],
    ),
    (
        "Hằng tháng (trước ngày 25) tổng hợp tiến độ.",
        [("Hằng tháng (trước ngày 25)", "recurring", "before", None, None, "FREQ=MONTHLY;BYMONTHDAY=25")],
    ),
    (
        "Hàng năm, chủ động xây dựng kế hoạch thanh tra.",
        [("Hàng năm", "recurring", None, None, None, "FREQ=YEARLY")],
    ),
    (
        "Tham mưu ban hành bảng giá đất trên địa bàn tỉnh hàng năm theo quy định.",
        [("hàng năm", "recurring", None, None, None, "FREQ=YEARLY")],
    ),
    (
        "Thời gian thực hiện: Thường xuyên.",
        [("Thường xuyên", "continuous", None, None, None, None)],
    ),
    (
        "Đợt 1: tháng 11/2026; Đợt 2: tháng 4/2027.",
        [
            ("tháng 11/2026", "period", "within", "2026-11-01", "2026-11-30", None),
            ("tháng 4/2027", "period", "within", "2027-04-01", "2027-04-30", None),
        ],
    ),
    (
        "Gửi góp ý trong vòng 15 ngày làm việc kể từ ngày ký.",
        [("trong vòng 15 ngày làm việc kể từ ngày ký", "relative", "by", "2026-03-01", "2026-03-20", None)],
    ),
    (
        "Giải quyết trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ.",
        [
            (
                "trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ",
                "relative",
                "by",
                None,
                None,
                None,
            )
        ],
    ),
    (
        "Báo cáo Ủy ban nhân dân tỉnh trước 16h00 ngày 15/6/2026.",
        [("trước 16h00 ngày 15/6/2026", "date", "by", None, "2026-06-15", None)],
    ),
    (
        "Các đơn vị gửi kế hoạch trước ngày 20/3 và báo cáo trước ngày 20/11/2027.",
        [
            ("trước ngày 20/3", "date", "before", None, "2027-03-19", None),
            ("trước ngày 20/11/2027", "date", "before", None, "2027-11-19", None),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PROSE, ids=[t[:48] for t, _ in PROSE])
def test_running_text_states_these_limits(text: str, expected: list[Row]) -> None:
    assert told(find_deadlines(text, SIGNED)) == expected


@pytest.mark.parametrize(
    "text",
    [
        # the numbers and dates of documents
        "Thực hiện Quyết định số 12/QĐ-UBND ngày 19/01/2026 của UBND tỉnh",
        "Nghị quyết số 18-NQ/TW ngày 25 tháng 10 năm 2027 của Hội nghị Trung ương",
        "theo Luật Tổ chức Chính phủ năm 2027, Luật Viên chức năm 2028",
        "tại Thông tư 12/2026/TT-BTC và Nghị quyết 19-2026/NQ-CP",
        "Hà Nội, ngày 10 tháng 6 năm 2026",
        "Ngày 03/6/2026, Thủ tướng Chính phủ chủ trì hội nghị",
        # names of schemes and their horizons
        "Chương trình chuyển đổi số đến năm 2030, định hướng đến năm 2045",
        "Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050",
        "Đề án “Phát triển công nghiệp từ năm 2027 đến năm 2035”",
        "kế hoạch đầu tư công trung hạn giai đoạn 2026 – 2030",
        "Xây dựng Nghị định về tăng mức đóng từ năm 2027",
        "Nghị quyết Đại hội nhiệm kỳ 2025 - 2030",
        # attributes of a noun, adverbs and vague words
        "bố trí trong ngân sách hằng năm",
        "cụ thể hóa trong kế hoạch công tác hằng năm",
        "đưa vào kế hoạch dự trữ quốc gia hàng năm",
        "vốn trung hạn và hằng năm, kinh phí chi thường xuyên hằng năm",
        "Thường xuyên kiểm tra, kịp thời xử lý; kiểm tra định kỳ và đột xuất",
        "trong thời gian tới, khẩn trương rà soát",
        "vùng thường xuyên bị ngập lụt",
        # facts, and figures
        "Năm 2024, tỉnh đã hoàn thành mục tiêu",
        "các hồ sơ tiếp nhận trước ngày 01/7/2026",
        "Luật có hiệu lực thi hành kể từ ngày 01/7/2026",
        "số hộ nghèo tính đến ngày 31/12/2026",
        "tại phiên họp Chính phủ thường kỳ tháng 4 năm 2026",
        "sinh viên khóa 19, trên 60 tuổi, đạt 95,5/100 điểm",
    ],
)
def test_running_text_states_no_limit(text: str) -> None:
    assert told(find_deadlines(text, SIGNED)) == []


CELLS: list[tuple[str, list[Row]]] = [
    ("12/2026", [("12/2026", "period", "within", "2026-12-01", "2026-12-31", None)]),
    ("Quý\nIV, năm 2026", [("Quý\nIV, năm 2026", "period", "within", "2026-10-01", "2026-12-31", None)]),
    ("Hằng năm", [("Hằng năm", "recurring", None, None, None, "FREQ=YEARLY")]),
    ("Hằng năm và từng giai đoạn", [("Hằng năm và từng giai đoạn", "recurring", None, None, None, "FREQ=YEARLY")]),
    (
        "Thường xuyên, hằng năm",
        [
            ("Thường xuyên", "continuous", None, None, None, None),
            ("hằng năm", "recurring", None, None, None, "FREQ=YEARLY"),
        ],
    ),
    (
        "Thường xuyên (hoặc theo yêu cầu của cấp có thẩm quyền)",
        [
            ("Thường xuyên", "continuous", None, None, None, None),
            ("theo yêu cầu của cấp có thẩm quyền", "conditional", None, None, None, None),
        ],
    ),
    (
        "Năm 2026 (sau khi Chính phủ ban hành Nghị định về vị trí việc làm)",
        [
            ("Năm 2026", "period", "within", "2026-01-01", "2026-12-31", None),
            ("sau khi Chính phủ ban hành Nghị định về vị trí việc làm", "conditional", None, None, None, None),
        ],
    ),
    (
        "Ban hành quy định trong Quý II/2026. Nâng cấp hạ tầng trong Quý III/2026. Cập nhật thường xuyên",
        [
            ("trong Quý II/2026", "period", "within", "2026-04-01", "2026-06-30", None),
            ("trong Quý III/2026", "period", "within", "2026-07-01", "2026-09-30", None),
            ("Cập nhật thường xuyên", "continuous", None, None, None, None),
        ],
    ),
    (
        "Hằng năm từ quý IV/2026 - 2029",
        [("Hằng năm từ quý IV/2026 - 2029", "recurring", "from", "2026-10-01", "2029-12-31", "FREQ=YEARLY")],
    ),
    (
        "Từ quý III/2026 đến quý III/2030",
        [("Từ quý III/2026 đến quý III/2030", "period", "within", "2026-07-01", "2030-09-30", None)],
    ),
    (
        "Từ tháng 5/2026, thường xuyên",
        [("Từ tháng 5/2026, thường xuyên", "continuous", "from", "2026-05-01", None, None)],
    ),
    ("2026 và hằng năm", [("2026 và hằng năm", "recurring", None, "2026-01-01", None, "FREQ=YEARLY")]),
    (
        "Năm 2026 và các năm tiếp theo",
        [("Năm 2026 và các năm tiếp theo", "period", "from", "2026-01-01", None, None)],
    ),
    (
        "Quý I và III",
        [
            ("Quý I", "period", "within", "2026-01-01", "2026-03-31", None),
            ("III", "period", "within", "2026-07-01", "2026-09-30", None),
        ],
    ),
    ("qúy 1/2027", [("qúy 1/2027", "period", "within", "2027-01-01", "2027-03-31", None)]),
    ("2026–2030", [("2026–2030", "period", "within", "2026-01-01", "2030-12-31", None)]),
    ("Năm\u30002026", [("Năm\u30002026", "period", "within", "2026-01-01", "2026-12-31", None)]),
    (
        "Khi có yêu cầu, hằng năm",
        [
            ("Khi có yêu cầu", "conditional", None, None, None, None),
            ("hằng năm", "recurring", None, None, None, "FREQ=YEARLY"),
        ],
    ),
    (
        "Theo Quyết định số 12/QĐ-UBND ngày 19/01/2026 của UBND tỉnh",
        [("Theo Quyết định số 12/QĐ-UBND ngày 19/01/2026 của UBND tỉnh", "conditional", None, None, None, None)],
    ),
    ("Khi có yêu cầu,", [("Khi có yêu cầu", "conditional", None, None, None, None)]),
    ("Đang thực hiện", []),
    ("01/01/1970", []),
]


@pytest.mark.parametrize(("text", "expected"), CELLS, ids=[t[:40] for t, _ in CELLS])
def test_a_cell_of_a_time_column_states_these_limits(text: str, expected: list[Row]) -> None:
    assert told(find_deadlines(text, SIGNED, in_time_column=True)) == expected


@pytest.mark.parametrize(
    ("text", "signed", "heading", "end", "assumed"),
    [
        ("báo cáo trước ngày 30/6", "2026-03-01", None, "2026-06-29", ("year_from_document",)),
        ("báo cáo trước ngày 30/1", "2026-03-01", None, "2027-01-29", ("year_from_document", "next_year")),
        ("báo cáo trước ngày 30/1", "2025-12-20", 2026, "2026-01-29", ("year_from_heading",)),
        (
            "báo cáo trước ngày 15 tháng 01 năm sau",
            "2026-03-01",
            None,
            "2027-01-14",
            ("year_from_document", "next_year"),
        ),
        ("báo cáo trước ngày 30/6", None, None, None, ()),
        ("báo cáo trước ngày 31/02/2027", "2026-03-01", None, None, ()),
    ],
)
def test_a_year_that_is_not_written_is_said_to_be_assumed(
    text: str, signed: str | None, heading: int | None, end: str | None, assumed: tuple[str, ...]
) -> None:
    (found,) = find_deadlines(text, day(signed), heading_year=heading)
    assert (found.end, found.assumed) == (day(end), assumed)


def test_the_day_as_written_is_kept_beside_the_last_day_in_time() -> None:
    (found,) = find_deadlines("trước ngày 20/5/2026", SIGNED)
    assert (found.stated, found.end, found.bound) == (dt.date(2026, 5, 20), dt.date(2026, 5, 19), "before")


def test_nothing_inside_a_citation_is_a_limit() -> None:
    text = "Kế hoạch trước ngày 30/6/2026 của Sở"
    assert find_deadlines(text, SIGNED)
    assert find_deadlines(text, SIGNED, skip=[(9, 30)]) == ()


def test_an_anchor_is_kept_as_printed() -> None:
    (found,) = find_deadlines("gửi ít nhất 05 ngày làm việc trước kỳ họp thường lệ", SIGNED)
    assert found.offset is not None
    assert (found.offset.amount, found.offset.unit, found.offset.anchor) == (-5, "working_day", "kỳ họp thường lệ")
