"""Citations as provinces, communes, ministries, universities and Party committees print them: one row a sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extractor.recognise.citations import find_citations
from tests.test_citations import read

D = dt.date

# text, and what is read of each mention in order
CASES: list[tuple[str, list[dict[str, Any]]]] = [
    # -- numbering: organs of every level -------------------------------------------------------------------
    ("Quyết định số 2345/QĐ-NHNN ngày 18/12/2023 của Thống đốc Ngân hàng Nhà nước", [{"identifier": "2345/QĐ-NHNN", "issuer": "Thống đốc Ngân hàng Nhà nước", "numbering": "administrative"}]),
    ("Công văn số 125/TTg-KGVX ngày 26/01/2024 của Thủ tướng", [{"identifier": "125/TTg-KGVX", "numbering": "letter", "type": "Công văn"}]),
    ("Công văn số 1187/BCT-TMĐT ngày 09/02/2026 của Bộ Công Thương", [{"symbol": "BCT-TMĐT", "numbering": "letter", "issuer": "Bộ Công Thương"}]),
    ("Thông báo số 15/TB-HĐND ngày 3/3/2025 của Thường trực HĐND huyện", [{"identifier": "15/TB-HĐND", "issuer": "Thường trực HĐND huyện"}]),
    ("Kế hoạch số 16/KH-HĐTĐKT ngày 31/8/2021", [{"identifier": "16/KH-HĐTĐKT", "type": "Kế hoạch"}]),
    ("Công văn số 99/MTTQ-BTT về giám sát", [{"identifier": "99/MTTQ-BTT", "numbering": "letter", "title": "về giám sát"}]),
    ("Hướng dẫn liên ngành số 123/HDLN-SGDĐT-SYT ngày 5/9/2023", [{"identifier": "123/HDLN-SGDĐT-SYT", "type": "Hướng dẫn"}]),
    ("Chương trình phối hợp số 05/CTrPH-HPN-CA", [{"identifier": "05/CTrPH-HPN-CA", "type": "Chương trình"}]),
    ("Quyết định số 1234/QĐ-ĐHQGHN ngày 3/3/2023 của Giám đốc Đại học Quốc gia Hà Nội về việc ban hành Quy chế đào tạo", [{"identifier": "1234/QĐ-ĐHQGHN", "issuer": "Giám đốc Đại học Quốc gia Hà Nội", "title": "về việc ban hành Quy chế đào tạo"}]),
    ("Công văn số 567/ĐHBK-ĐT và Thông báo số 12/TB-ĐHCT-PĐT", [{"identifier": "567/ĐHBK-ĐT"}, {"identifier": "12/TB-ĐHCT-PĐT"}]),
    ("Kế hoạch số 08/KH-THCSND ngày 04/9/2025 của Trường THCS Nguyễn Du", [{"identifier": "08/KH-THCSND", "issuer": "Trường THCS Nguyễn Du"}]),
    ("Quyết định số 56/QĐ-BVĐK ngày 6/6/2024 của Bệnh viện Đa khoa tỉnh", [{"identifier": "56/QĐ-BVĐK", "issuer": "Bệnh viện Đa khoa tỉnh"}]),
    ("Kế hoạch số 12/KH-BCA-V01", [{"identifier": "12/KH-BCA-V01", "symbol": "KH-BCA-V01"}]),
    ("Thông tư liên tịch số 29/2025/TTLT-BTP-BCA-BQP-BTC-TANDTC-VKSNDTC", [{"identifier": "29/2025/TTLT-BTP-BCA-BQP-BTC-TANDTC-VKSNDTC", "numbering": "joint"}]),
    ("Nghị quyết số 202/2025/QH15, 203/2025/QH15", [{"identifier": "202/2025/QH15"}, {"identifier": "203/2025/QH15", "type": "Nghị quyết"}]),
    ("Nghị quyết số 1656/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc hội", [{"identifier": "1656/NQ-UBTVQH15", "issuer": "Ủy ban Thường vụ Quốc hội"}]),
    ("Lệnh số 05/2023/L-CTN", [{"identifier": "05/2023/L-CTN", "type": "Lệnh"}]),
    ("Văn bản hợp nhất số 07/VBHN-BTC", [{"identifier": "07/VBHN-BTC", "type": "Văn bản hợp nhất"}]),
    ("Báo cáo thẩm định số 12/BCTĐ-STP ngày 03/02/2026 của Sở Tư pháp", [{"type": "Báo cáo", "identifier": "12/BCTĐ-STP", "issuer": "Sở Tư pháp"}]),
    ("Quyết định số 02/2026/QĐ-CTUBND ngày 16/01/2026 của Chủ tịch UBND thành phố", [{"identifier": "02/2026/QĐ-CTUBND", "numbering": "normative"}]),
    ("Nghị định 168/CP", [{"identifier": "168/CP", "type": "Nghị định"}]),
    ("Quyết định số 186-CT ngày 10/5/1990", [{"identifier": "186-CT", "type": "Quyết định"}]),
    # -- numbering: the Party -------------------------------------------------------------------------------
    ("Quy chế số 02-QC/ĐU của Đảng ủy xã", [{"identifier": "02-QC/ĐU", "type": "Quy chế", "numbering": "party", "issuer": "Đảng ủy xã"}]),
    ("Kế hoạch số 15-KH/BXDĐ", [{"identifier": "15-KH/BXDĐ", "numbering": "party"}]),
    ("Nghị quyết số 01-NQ/ĐH ngày 20/8/2025 của Đại hội Đảng bộ phường", [{"identifier": "01-NQ/ĐH", "numbering": "party"}]),
    ("Thông báo số 234-TB/TU, ngày 12-3-2024 của Thường trực Tỉnh ủy", [{"identifier": "234-TB/TU", "issued_on": D(2024, 3, 12), "issuer": "Thường trực Tỉnh ủy"}]),
    ("Công văn số 123-CV/TU ngày 12-3-2024 của Tỉnh uỷ", [{"identifier": "123-CV/TU", "type": "Công văn", "issuer": "Tỉnh uỷ"}]),
    ("Quy chế số 05-QC/TU ngày 1-7-2025 của BTV Tỉnh ủy về làm việc của Tỉnh ủy", [{"issuer": "BTV Tỉnh ủy", "title": "về làm việc của Tỉnh ủy"}]),
    ("Hướng dẫn số 16-HD/BTCTW, ngày 15/02/2022 của Ban Tổ chức Trung ương", [{"identifier": "16-HD/BTCTW", "issuer": "Ban Tổ chức Trung ương"}]),
    ("Nghị quyết số 12-NQ/CB của Chi bộ Phòng Tổng hợp", [{"identifier": "12-NQ/CB", "issuer": "Chi bộ Phòng Tổng hợp"}]),
    ("Kế hoạch số 367-KH/TWĐTN-ĐKTHTN", [{"identifier": "367-KH/TWĐTN-ĐKTHTN", "numbering": "party"}]),
    # -- abbreviated type words -----------------------------------------------------------------------------
    ("theo NĐ 30/2020/NĐ-CP, QĐ số 749/QĐ-TTg, CV số 45/SNV-TC, TTr 12/TTr-SYT và BC 12/BC-UBND", [{"type": "Nghị định", "text": "NĐ 30/2020/NĐ-CP"}, {"type": "Quyết định"}, {"type": "Công văn"}, {"type": "Tờ trình", "text": "TTr 12/TTr-SYT"}, {"type": "Báo cáo", "text": "BC 12/BC-UBND"}]),
    ("KL 01-KL/TW, TT 40/2017/TT-BTC, HD 05-HD/VPTW, TB 88/TB-VP", [{"type": "Kết luận"}, {"type": "Thông tư"}, {"type": "Hướng dẫn"}, {"type": "Thông báo"}]),
    # -- slips and what scans make of numbers -----------------------------------------------------------------
    ("Quyết định số 5/QÐ-UBND ngày 5/3/2024", [{"identifier": "5/QĐ-UBND", "text": "Quyết định số 5/QÐ-UBND ngày 5/3/2024", "issued_on": D(2024, 3, 5)}]),
    ("Nghị quyết số 57-NQ/TVV ngày 22/12/2024", [{"identifier": "57-NQ/TVV", "numbering": "party", "issued_on": D(2024, 12, 22)}]),
    ("Quyết định sô 12/QĐ-UBND", [{"identifier": "12/QĐ-UBND", "text": "Quyết định sô 12/QĐ-UBND"}]),
    ("Quyết định số l2/QĐ-UBND ngày 05/3/2024", [{"identifier": "12/QĐ-UBND", "text": "Quyết định số l2/QĐ-UBND ngày 05/3/2024"}]),
    ("Quyết định số l/2024/QĐ-UBND", [{"identifier": "1/2024/QĐ-UBND", "number": "1/2024"}]),
    ("Nghị định số O5/2024/NĐ-CP", [{"identifier": "05/2024/NĐ-CP"}]),
    ("Văn bản số 109/UBND - VX ngày 5/3/2024", [{"identifier": "109/UBND-VX", "type": "Công văn"}]),
    ("Kế hoạch số 12/KH-UBND - UBND huyện", [{"identifier": "12/KH-UBND"}]),
    ("Nghị quyết số 57-NQ/T.Ư của Bộ Chính trị; Nghị quyết 57-NQ/TƯ", [{"identifier": "57-NQ/T.Ư", "issuer": "Bộ Chính trị"}, {"identifier": "57-NQ/TƯ"}]),
    ("Công văn số 1722/UBND -KTN", [{"identifier": "1722/UBND-KTN"}]),
    ("Quyết định số 2117/QD-UBND", [{"identifier": "2117/QD-UBND", "type": "Quyết định"}]),
    # -- dates ----------------------------------------------------------------------------------------------
    ("Nghị quyết số 68-NQ/TW, ngày 04/5/2025 của Bộ Chính trị", [{"issued_on": D(2025, 5, 4)}]),
    ("Quyết định số 33/QĐ-UBND, ngày 02 tháng 01 năm 2024, của Chủ tịch UBND huyện Đức Phổ, về việc giao chỉ tiêu", [{"issued_on": D(2024, 1, 2), "issuer": "Chủ tịch UBND huyện Đức Phổ", "title": "về việc giao chỉ tiêu"}]),
    ("Kế hoạch số 234/KH-UBND ngày   tháng 3 năm 2026", [{"identifier": "234/KH-UBND", "issued_on": None}]),
    ("Công văn số 45/SYT-NVY ngày 1/2/2026 và Công văn số 46/SYT-NVY cùng ngày", [{"issued_on": D(2026, 2, 1)}, {"issued_on": None}]),
    ("Quyết định số 15/2024/QĐ-UBND do UBND tỉnh ban hành ngày 5/6/2024", [{"issuer": "UBND tỉnh", "issued_on": D(2024, 6, 5)}]),
    ("Thông tư số 08/2025/TT-BNV có hiệu lực từ ngày 01/7/2025", [{"issued_on": None, "text": "Thông tư số 08/2025/TT-BNV"}]),
    # -- issuers --------------------------------------------------------------------------------------------
    ("Thông tư số 12/2020/TT-BGTVT ngày 29/5/2020 của Bộ Giao thông vận tải quy định về vận tải", [{"issuer": "Bộ Giao thông vận tải", "title": "quy định về vận tải"}]),
    ("Thông tư số 12/2020/TT-BGTVT của Bộ trưởng Bộ Giao thông vận tải", [{"issuer": "Bộ trưởng Bộ Giao thông vận tải"}]),
    ("Nghị quyết số 282/NQ-CP ngày 15/9/2025 của Chính phủ Ban hành Chương trình hành động của Chính phủ", [{"issuer": "Chính phủ", "title": "Ban hành Chương trình hành động của Chính phủ"}]),
    ("Nghị quyết số 20-NQ/TW của Hội nghị Trung ương lần thứ sáu khóa XII về chăm sóc sức khỏe", [{"issuer": "Hội nghị Trung ương lần thứ sáu khóa XII"}]),
    ("Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Hội nghị lần thứ sáu Ban Chấp hành Trung ương (khóa XII)", [{"issuer": "Hội nghị lần thứ sáu Ban Chấp hành Trung ương (khóa XII)"}]),
    ("Nghị quyết số 02-NQ/TW của Hội nghị lần thứ mười ba của Ban Chấp hành Trung ương về công tác dân vận", [{"issuer": "Hội nghị lần thứ mười ba của Ban Chấp hành Trung ương"}]),
    ("Kết luận 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị khóa XIII về học tập", [{"issuer": "Bộ Chính trị khóa XIII"}]),
    ("Nghị quyết số 12/NQ-HĐND ngày 10/7/2024 của Hội đồng nhân dân huyện khóa XII, kỳ họp thứ 15 về phân bổ vốn", [{"issuer": "Hội đồng nhân dân huyện khóa XII, kỳ họp thứ 15", "title": "về phân bổ vốn"}]),
    ("Công văn số 75/CĐSQG-CSS ngày 9/1/2024 của Cục Chuyển đổi số quốc gia về hướng dẫn", [{"issuer": "Cục Chuyển đổi số quốc gia"}]),
    ("Kế hoạch số 31/KH-TTDVVL của Trung tâm Dịch vụ việc làm tỉnh", [{"issuer": "Trung tâm Dịch vụ việc làm tỉnh"}]),
    ("các Nghị định của Chính phủ số 59/2019/NĐ-CP ngày 01/7/2019, số 130/2020/NĐ-CP ngày 30/10/2020", [{"issuer": "Chính phủ", "identifier": "59/2019/NĐ-CP"}, {"identifier": "130/2020/NĐ-CP", "issued_on": D(2020, 10, 30)}]),
    ("Chương trình hành động của Tỉnh ủy số 12-CTr/TU ngày 5/4/2021", [{"issuer": "Tỉnh ủy", "identifier": "12-CTr/TU"}]),
    ("Quyết định của Thủ tướng Chính phủ số 749/QĐ-TTg ngày 03/6/2020", [{"issuer": "Thủ tướng Chính phủ", "issued_on": D(2020, 6, 3)}]),
    ("Thông tư số 9/2012/TT-BTC của Bộ Tài chính Căn cứ Nghị định số 30/2007/NĐ-CP", [{"issuer": "Bộ Tài chính"}, {"type": "Nghị định"}]),
    ("Kế hoạch số 7/KH-UBND do Phòng Kinh tế chủ trì", [{"issuer": None}]),
    ("Quyết định số 9/QĐ-UBND CỦA ỦY BAN NHÂN DÂN TỈNH LÀO CAI VỀ CẢI CÁCH HÀNH CHÍNH", [{"issuer": "ỦY BAN NHÂN DÂN TỈNH LÀO CAI"}]),
    ("Thông báo số 44/TB-UBND của UBND các xã, phường", [{"issuer": "UBND", "identifier": "44/TB-UBND"}]),
    # -- titles ---------------------------------------------------------------------------------------------
    ("Quyết định số 25/2019/QĐ-UBND về quản lý hoạt động chợ và bán hàng qua mạng, hoàn thành trước ngày 30/6/2026", [{"title": "về quản lý hoạt động chợ và bán hàng qua mạng"}]),
    ("Kế hoạch số 20/KH-UBND về nâng cao chất lượng dân số, báo cáo UBND tỉnh", [{"title": "về nâng cao chất lượng dân số"}]),
    ("Nghị quyết số 45/2022/NQ-HĐND về hỗ trợ doanh nghiệp nhỏ và vừa, trình HĐND tỉnh trong quý III", [{"title": "về hỗ trợ doanh nghiệp nhỏ và vừa"}]),
    ("Nghị định số 118/2025/NĐ-CP về cơ chế một cửa, một cửa liên thông, kiến nghị sửa đổi nội dung bất cập", [{"title": "về cơ chế một cửa, một cửa liên thông"}]),
    ("Thông tư số 5/2021/TT-BNV về tiếp nhận phản ánh, kiến nghị của tổ chức và cá nhân; các sở", [{"title": "về tiếp nhận phản ánh, kiến nghị của tổ chức và cá nhân"}]),
    ("Quyết định số 17/2023/QĐ-UBND ban hành Quy định phân cấp quản lý công chức cho phù hợp với Luật Cán bộ, công chức năm 2025", [{"title": "ban hành Quy định phân cấp quản lý công chức"}, {"form": "named"}]),
    ("Kết luận số 50-KL/TW ngày 30/5/2019 của Ban Bí thư về tiếp tục thực hiện Nghị quyết Hội nghị Trung ương 6 khóa XI", [{"title": "về tiếp tục thực hiện"}, {"form": "named"}]),
    ("Thông tư số 13/2022/TT-BGDĐT sửa đổi, bổ sung một số nội dung trong Chương trình giáo dục phổ thông ban hành kèm theo Thông tư số 32/2018/TT-BGDĐT", [{"title": "sửa đổi, bổ sung một số nội dung trong Chương trình giáo dục phổ thông"}, {}]),
    ("Quyết định số 1163/QĐ-TTg phê duyệt Chiến lược \"Phát triển thương mại trong nước giai đoạn đến năm 2030\"; các xã", [{"title": "phê duyệt Chiến lược \"Phát triển thương mại trong nước giai đoạn đến năm 2030\""}]),
    ("Quy định số 144-QĐ/TW về chuẩn mực đạo đức cách mạng của cán bộ, đảng viên đến toàn thể chi bộ", [{"title": "về chuẩn mực đạo đức cách mạng của cán bộ, đảng viên"}]),
    ("Nghị định số 217/2025/NĐ-CP quy định về hoạt động kiểm tra chuyên ngành và các quy định pháp luật có liên quan", [{"title": "quy định về hoạt động kiểm tra chuyên ngành"}]),
    ("Chỉ thị số 18/CT-TTg về nâng cao chất lượng công chức cấp xã, theo hướng:", [{"title": "về nâng cao chất lượng công chức cấp xã"}]),
    ("Kế hoạch số 35/KH-UBND về phát triển kinh tế số, trong đó tập trung vào chợ", [{"title": "về phát triển kinh tế số"}]),
    ("Kế hoạch số 36/KH-UBND về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", [{"title": "về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"}]),
    ("Nghị quyết số 88/NQ-CP thực hiện Nghị quyết số 10-NQ/TW", [{"title": None}, {"title": None}]),
    ("Kế hoạch số 37/KH-UBND về công tác dân vận, nhà trường xây dựng kế hoạch", [{"title": "về công tác dân vận"}]),
    ("Kế hoạch số 38/KH-UBND về công tác gia đình, trước ngày 15/12 hằng năm", [{"title": "về công tác gia đình"}]),
    ("Quyết định số 3/QĐ-UBND được gửi các phòng", [{"title": None}]),
    # -- lists and shared parts -----------------------------------------------------------------------------
    ("các Quyết định: số 1719/QĐ-TTg ngày 14/10/2021, số 263/QĐ-TTg ngày 22/02/2022; số 90/QĐ-TTg ngày 18/01/2022", [{"identifier": "1719/QĐ-TTg"}, {"identifier": "263/QĐ-TTg", "type": "Quyết định", "issued_on": D(2022, 2, 22)}, {"identifier": "90/QĐ-TTg", "type": "Quyết định"}]),
    ("Nghị quyết số 57-NQ/TW, số 59-NQ/TW, số 66-NQ/TW và số 68-NQ/TW của Bộ Chính trị", [{"type": "Nghị quyết"}, {"type": "Nghị quyết"}, {"type": "Nghị quyết"}, {"type": "Nghị quyết", "issuer": "Bộ Chính trị"}]),
    ("các Luật số 57/2024/QH15, 58/2024/QH15", [{"type": "Luật"}, {"identifier": "58/2024/QH15", "type": "Luật"}]),
    ("Kế hoạch số 102/KH-UBND ngày 11/8/2025, Kế hoạch số 118/KH-UBND và Công văn số 12/UBND-KT", [{"identifier": "102/KH-UBND"}, {"identifier": "118/KH-UBND"}, {"type": "Công văn"}]),
    ("Nghị quyết Trung ương 4 khóa XI, khóa XII về xây dựng Đảng", [{"text": "Nghị quyết Trung ương 4 khóa XI"}, {"text": "khóa XII", "form": "named", "title": "Nghị quyết Trung ương 4 khóa XII"}]),
    ("Nghị quyết Trung ương 4 (khóa XI, XII, XIII)", [{"title": "Nghị quyết Trung ương 4 khóa XI"}, {"text": "XII", "title": "Nghị quyết Trung ương 4 khóa XII"}, {"text": "XIII)", "title": "Nghị quyết Trung ương 4 khóa XIII"}]),
    # -- pinpoints ------------------------------------------------------------------------------------------
    ("Điều 12, khoản 3 Điều 15 và điểm c khoản 1 Điều 20 Luật Phòng, chống ma túy năm 2021", [{"pinpoints": [("12", None, None), ("15", "3", None), ("20", "1", "c")]}]),
    ("từ Điều 3 đến Điều 5 Thông tư số 01/2023/TT-VPCP", [{"pinpoints": [("3", None, None), ("4", None, None), ("5", None, None)]}]),
    ("Khoản 1, Điều 3, Nghị định 45/2020/NĐ-CP", [{"pinpoints": [("3", "1", None)]}]),
    ("khoản 2, 3 và 5 Điều 9 Nghị định số 45/2020/NĐ-CP", [{"pinpoints": [("9", "2", None), ("9", "3", None), ("9", "5", None)]}]),
    ("điểm a, b và đ khoản 4 Điều 6 Luật Đầu tư công năm 2024", [{"pinpoints": [("6", "4", "a"), ("6", "4", "b"), ("6", "4", "đ")]}]),
    ("điểm a đến điểm c khoản 1 Điều 2 Quyết định số 7/QĐ-UBND", [{"pinpoints": [("2", "1", "a"), ("2", "1", "b"), ("2", "1", "c")]}]),
    ("khoản 1 đến khoản 3 Điều 8 Nghị định số 7/2024/NĐ-CP", [{"pinpoints": [("8", "1", None), ("8", "2", None), ("8", "3", None)]}]),
    ("Điều 5a Nghị định số 45/2020/NĐ-CP", [{"pinpoints": [("5a", None, None)]}]),
    ("Mục II Nghị quyết số 57-NQ/TW", [{"pinpoints": []}]),
    # -- named documents --------------------------------------------------------------------------------------
    ("Luật Thương mại điện tử ngày 10 tháng 12 năm 2025 và Luật Thương mại", [{"text": "Luật Thương mại điện tử ngày 10 tháng 12 năm 2025", "issued_on": D(2025, 12, 10)}, {"text": "Luật Thương mại"}]),
    ("Luật Du lịch cộng đồng năm 2027 quy định", [{"text": "Luật Du lịch cộng đồng năm 2027"}]),
    ("Luật Du lịch quy định rõ", [{"text": "Luật Du lịch"}]),
    ("Luật PCTN năm 2018; Luật BHXH 2024", [{"text": "Luật PCTN năm 2018"}, {"text": "Luật BHXH 2024"}]),
    ("Bộ luật Lao động 2019 và Luật số 58/2024/QH15", [{"type": "Bộ luật"}, {"identifier": "58/2024/QH15"}]),
    ("Luật Tư pháp người chưa thành niên ngày 30/11/2024", [{"issued_on": D(2024, 11, 30), "form": "named"}]),
    ("Nghị quyết Đại hội đại biểu Đảng bộ phường Tân An lần thứ I, nhiệm kỳ 2025 - 2030", [{"form": "named", "type": "Nghị quyết"}]),
    ("Quyết định ngày 05/3/2024 của Chủ tịch UBND tỉnh về thành lập Tổ công tác", [{"form": "named", "type": "Quyết định", "identifier": None, "issued_on": D(2024, 3, 5), "issuer": "Chủ tịch UBND tỉnh"}]),
    ("Công văn ngày 9/9/2025 của Sở Nội vụ", [{"form": "named", "type": "Công văn", "issued_on": D(2025, 9, 9)}]),
    ("Công ước Viên năm 1963 về quan hệ lãnh sự, Công ước CEDAW", [{"text": "Công ước Viên năm 1963"}, {"text": "Công ước CEDAW"}]),
    ("Công ước số 98 của ILO và Công ước Liên hợp quốc về chống tham nhũng", [{"text": "Công ước số 98 của ILO"}, {"text": "Công ước Liên hợp quốc về chống tham nhũng"}]),
    ("cam kết trong Thỏa thuận Paris về biến đổi khí hậu và Nghị định thư Kyoto", [{"type": "Điều ước quốc tế"}, {"type": "Nghị định thư"}]),
    ("Hiệp định thương mại tự do Việt Nam - EU và các hiệp định khác", [{"text": "Hiệp định thương mại tự do Việt Nam - EU"}]),
    ("Hiệp định EVFTA, Hiệp định RCEP", [{"type": "Hiệp định"}, {"text": "Hiệp định RCEP"}]),
    # -- short and self references ----------------------------------------------------------------------------
    ("Nghị quyết số 98 của Quốc hội", [{"form": "short", "number": "98", "issuer": "Quốc hội"}]),
    ("Thông tư 08 và Nghị quyết 30a", [{"form": "short", "number": "08"}, {"form": "short", "number": "30a"}]),
    ("thực hiện Chương trình 135", [{"form": "short", "number": "135"}]),
    ("Chỉ thị nói trên; Thông báo vừa nêu; Công điện trên.", [{"form": "short"}, {"form": "short"}, {"form": "short"}]),
    ("tại Điều 2 Quy chế này và Chương trình hành động này", [{"form": "self", "type": "Quy chế"}, {"form": "self", "type": "Chương trình"}]),
    # -- not citations ------------------------------------------------------------------------------------------
    ("gọi 0903/123456, số điện thoại 024.3825/115, đường dây nóng 0255.3822/115", []),
    ("trực 24/24, chấm 50/50, đạt 98/100, lớp 10/12, cột 3/5, từ km 12+500", []),
    ("gói thầu số 05/XL-2024, gói thầu số 03/TV, lô B12/KCN, phòng 305/A2", []),
    ("TCVN 5687:2010, ISO/IEC 27001:2022, QCVN 06:2022/BXD, TCVN 13:2015/BKHCN", []),
    ("Mã chương 622/ loại 070, khoản 085, mục 6550, tiểu mục 6599; mã ngạch 01.003; V.07.02.06", []),
    ("tháng 02/2026, quý I/2026, năm học 2025/2026, giai đoạn 2021-2025", []),
    ("khổ A4/A3, hạng III/IV, mã QĐ12, xe QR-05/ĐK, model QĐ-12/CP, biển số 51K-123.45", []),
    ("UBND, HĐND các cấp; Quyết định của Chủ tịch UBND tỉnh về thành lập; Kế hoạch của UBND tỉnh", []),
    ("Công văn số       /UBND-NC ngày .../.../2026; Kế hoạch số …/KH-SYT", []),
    ("Đề án 1 triệu cây xanh, Kế hoạch 30 ngày đêm, Báo cáo 9 tháng, Chương trình 3 năm", []),
    ("Báo cáo ngày 15/6/2026 kết quả thực hiện", []),
    ("hoàn thành Kế hoạch trong quý II; theo Quy định; ký Hợp đồng; ban hành Quyết định", []),
    ("Tham mưu UBND tỉnh ban hành Nghị quyết về phát triển rừng, Quyết định về giá đất", []),
    ("Công ước quốc tế mà Việt Nam tham gia, các hiệp định thương mại tự do thế hệ mới", []),
    ("Mẫu số 01/TNCN, Phụ lục số 02/PL-KH, Biểu số 03/BC-TK", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda v: v[:70] if isinstance(v, str) else "")
def test_a_mention_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    """Every mention is found with the fields that the table gives, and nothing else is taken for one."""
    found = find_citations(text)
    assert len(found) == len(expected), [c.text for c in found]
    for c, fields in zip(found, expected, strict=True):
        assert {f: read(c, f) for f in fields} == fields
