"""What is read from a mention: the table is the specification of `find_citations`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extractor.document import Citation
from extractor.recognise.citations import find_citations

D = dt.date

# text, and what is read of each mention in order
CASES: list[tuple[str, list[dict[str, Any]]]] = [
    # -- numbering grammars ------------------------------------------------------------------------------
    ("Quyết định số 92/QĐ-UBND", [{"identifier": "92/QĐ-UBND", "number": "92", "symbol": "QĐ-UBND", "type": "Quyết định", "type_code": "QĐ", "numbering": "administrative"}]),
    ("Quyết định 25/2018/QĐ-UBND", [{"identifier": "25/2018/QĐ-UBND", "number": "25/2018", "symbol": "QĐ-UBND", "numbering": "normative"}]),
    ("Nghị định số 30/2020/NĐ-CP", [{"identifier": "30/2020/NĐ-CP", "type": "Nghị định", "numbering": "normative"}]),
    ("Luật số 59/2020/QH14", [{"identifier": "59/2020/QH14", "number": "59/2020", "symbol": "QH14", "type": "Luật", "numbering": "law"}]),
    ("Nghị quyết số 190/2025/QH15", [{"identifier": "190/2025/QH15", "type": "Nghị quyết", "numbering": "law"}]),
    ("Nghị quyết số 30c/NQ-CP", [{"identifier": "30c/NQ-CP", "number": "30c"}]),
    ("Nghị quyết số 66.18/2026/NQ-CP", [{"identifier": "66.18/2026/NQ-CP", "number": "66.18/2026"}]),
    ("Nghị quyết số 04-NQ/TU", [{"identifier": "04-NQ/TU", "number": "04", "symbol": "NQ/TU", "numbering": "party"}]),
    ("Chương trình hành động số 32-CTr/TU", [{"identifier": "32-CTr/TU", "type": "Chương trình", "type_code": "CTr", "numbering": "party"}]),
    ("Quy định số 399-QĐ/TW", [{"identifier": "399-QĐ/TW", "type": "Quy định", "type_code": "QĐ", "numbering": "party"}]),
    ("Công văn số 1234/BKHĐT-QLKTTW", [{"identifier": "1234/BKHĐT-QLKTTW", "type": "Công văn", "numbering": "letter"}]),
    ("Công văn 123/UBND-KT", [{"identifier": "123/UBND-KT", "type": "Công văn", "numbering": "letter"}]),
    ("Văn bản số 77/UBND-NC", [{"identifier": "77/UBND-NC", "type": "Công văn", "numbering": "letter"}]),
    ("Công văn số 174/CV-BCĐ và Công văn số 59-CV/BCĐ", [{"identifier": "174/CV-BCĐ"}, {"identifier": "59-CV/BCĐ"}]),
    ("Công điện số 12/CĐ-TTg", [{"identifier": "12/CĐ-TTg", "type": "Công điện"}]),
    ("Thông tư liên tịch số 01/2020/TTLT-BTC-BNV", [{"identifier": "01/2020/TTLT-BTC-BNV", "type": "Thông tư liên tịch", "numbering": "joint"}]),
    ("Thông báo kết luận số 378/TB-VPCP", [{"identifier": "378/TB-VPCP", "type": "Thông báo"}]),
    ("Kế hoạch số 130/KH-BCĐTKNQ18", [{"identifier": "130/KH-BCĐTKNQ18", "type": "Kế hoạch"}]),
    ("Nghị định số 48/CP ngày 12 tháng 8 năm 1996", [{"identifier": "48/CP", "type": "Nghị định", "issued_on": D(1996, 8, 12)}]),
    ("Tờ trình số 07/TTr-TT.HĐND ngày 02/12/2016", [{"identifier": "07/TTr-TT.HĐND", "issued_on": D(2016, 12, 2)}]),
    ("Thông tư số 08.a/2010/TT-BTP", [{"identifier": "08.a/2010/TT-BTP", "number": "08.a/2010"}]),
    ("Phiếu trình số 12/PTr-KHTC", [{"identifier": "12/PTr-KHTC", "type": "Phiếu trình"}]),
    ("Hướng dẫn số 09/HD-BCA- C09 ngày 3/2/2021", [{"identifier": "09/HD-BCA-C09", "issued_on": D(2021, 2, 3)}]),
    ("Quyết định số 51/2004/QĐ-BCA (A11) ngày 12/3/2004", [{"identifier": "51/2004/QĐ-BCA", "issued_on": D(2004, 3, 12)}]),
    ("Tờ trình số 126/SKHĐT", [{"identifier": "126/SKHĐT", "type": "Tờ trình"}]),
    # -- without type word, small letters, abbreviations -------------------------------------------------
    ("ban hành tại 844/QĐ-TTg, phần II", [{"identifier": "844/QĐ-TTg", "text": "844/QĐ-TTg", "type": "Quyết định"}]),
    ("theo công văn số 15/SNV-CCHC của Sở Nội vụ", [{"text": "công văn số 15/SNV-CCHC của Sở Nội vụ", "type": "Công văn"}]),
    ("xây dựng theo kế hoạch số 8/KH-SYT", [{"text": "kế hoạch số 8/KH-SYT", "type": "Kế hoạch"}]),
    ("QĐ 844/QĐ-TTg", [{"identifier": "844/QĐ-TTg", "text": "QĐ 844/QĐ-TTg", "form": "numbered"}]),
    ("theo NQ 57 và NĐ30", [{"number": "57", "type": "Nghị quyết", "form": "short"}, {"number": "30", "type": "Nghị định", "form": "short"}]),
    ("THỰC HIỆN CHỈ THỊ SỐ 52-CT/TW NGÀY 03 THÁNG 10 NĂM 2025 CỦA BAN BÍ THƯ VỀ BẢO HIỂM Y TẾ TOÀN DÂN", [{"identifier": "52-CT/TW", "issued_on": D(2025, 10, 3), "issuer": "BAN BÍ THƯ", "type": "Chỉ thị"}]),
    # -- slips are read and kept as printed, spaces closed up ---------------------------------------------
    ("Chỉ thị số 49-CT /TW", [{"identifier": "49-CT/TW", "text": "Chỉ thị số 49-CT /TW"}]),
    ("Quyết định số 123 /QĐ - UBND ngày 2/4/2024", [{"identifier": "123/QĐ-UBND", "issued_on": D(2024, 4, 2)}]),
    ("Kế hoạch số 157/KH- UBND ngày 02/4/2024", [{"identifier": "157/KH-UBND", "issued_on": D(2024, 4, 2)}]),
    ("Quy định số 31 -QĐ/TW", [{"identifier": "31-QĐ/TW"}]),
    ("Quyết định số 367 - QĐ/TWĐTN-VP", [{"identifier": "367-QĐ/TWĐTN-VP"}]),
    ("Quy định số31-QĐ/TW", [{"identifier": "31-QĐ/TW", "type": "Quy định"}]),
    ("Nghị quyết số 25 – NQ/TW về thanh niên", [{"identifier": "25-NQ/TW", "text": "Nghị quyết số 25 – NQ/TW"}]),
    ("Quyết định số 30/2008/QĐ BTC ngày 21/5/2008", [{"identifier": "30/2008/QĐBTC", "issued_on": D(2008, 5, 21)}]),
    ("Nghị quyết số 30c/NQCP", [{"identifier": "30c/NQCP", "type_code": "NQ"}]),
    ("Quyết định số 866/QĐ-Tg ngày 18/7/2023", [{"identifier": "866/QĐ-Tg"}]),
    ("Nghị quyết số 19-2017/NQ-CP", [{"identifier": "19-2017/NQ-CP", "number": "19-2017"}]),
    ("Nghị quyết số 07/NQ-TU", [{"identifier": "07/NQ-TU", "numbering": "party"}]),
    ("Chỉ thị số 38-CT/TTg", [{"identifier": "38-CT/TTg", "type": "Chỉ thị"}]),
    ("Kế hoạch 83/KH-UBND82/KH-UBND", [{"identifier": "83/KH-UBND"}, {"identifier": "82/KH-UBND"}]),
    # -- dates ------------------------------------------------------------------------------------------
    ("Quyết định số 1/QĐ-TTg ngày 19/01/2024", [{"issued_on": D(2024, 1, 19)}]),
    ("Quyết định số 1/QĐ-TTg ngày 19-1-2024", [{"issued_on": D(2024, 1, 19)}]),
    ("Quyết định số 1/QĐ-TTg, ngày 19.6.2015", [{"issued_on": D(2015, 6, 19), "text": "Quyết định số 1/QĐ-TTg, ngày 19.6.2015"}]),
    ("Quyết định số 1/QĐ-TTg ngày 19 tháng 01 năm 2024", [{"issued_on": D(2024, 1, 19)}]),
    ("Quyết định số 1/QĐ-TTg (ngày 19/01/2024) của Chính phủ", [{"issued_on": D(2024, 1, 19), "issuer": "Chính phủ"}]),
    ("Quyết định số 1/QĐ-TTg tháng 5 năm 2023 về", [{"issued_on": None, "text": "Quyết định số 1/QĐ-TTg tháng 5 năm 2023"}]),
    ("Quyết định số 1/QĐ-TTg năm 2018 của Thủ tướng", [{"issued_on": None, "text": "Quyết định số 1/QĐ-TTg năm 2018 của Thủ tướng"}]),
    ("Quyết định số 1/QĐ-TTg ngày 31/02/2024", [{"issued_on": None, "text": "Quyết định số 1/QĐ-TTg ngày 31/02/2024"}]),
    ("Nghị định số 105/2005/NĐ-CP ngày 17 ngày 8 năm 2005", [{"issued_on": None, "text": "Nghị định số 105/2005/NĐ-CP ngày 17 ngày 8 năm 2005"}]),
    ("thực hiện Nghị định số 03/2019/NĐ-CP của Chính phủ năm 2020", [{"text": "Nghị định số 03/2019/NĐ-CP của Chính phủ"}]),
    ("Luật Giá đã được Quốc hội khóa XV thông qua ngày 19/6/2023", [{"issued_on": D(2023, 6, 19), "form": "named"}]),
    ("Quyết định số 1/QĐ-TTg, 19/01/2024 là hạn cuối", [{"issued_on": None, "text": "Quyết định số 1/QĐ-TTg"}]),
    # -- issuers ----------------------------------------------------------------------------------------
    ("Quyết định số 2/QĐ-UBND ngày 1/2/2024 của UBND tỉnh Quảng Ngãi ban hành Quy định", [{"issuer": "UBND tỉnh Quảng Ngãi"}]),
    ("Nghị quyết số 8-NQ/TU của Ban Thường vụ Tỉnh ủy về khởi nghiệp", [{"issuer": "Ban Thường vụ Tỉnh ủy"}]),
    ("Nghị quyết số 4-NQ/TU ngày 1/2/2021 của Hội nghị Tỉnh ủy lần thứ 5, khóa XX; các sở", [{"issuer": "Hội nghị Tỉnh ủy lần thứ 5, khóa XX"}]),
    ("Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XIII về đổi mới", [{"issuer": "Ban Chấp hành Trung ương Đảng khóa XIII"}]),
    ("Thông tư số 9/2023/TT-BVHTTDL của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quy định mẫu", [{"issuer": "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"}]),
    ("Nghị quyết số 18-NQ/TW của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII về bộ máy", [{"issuer": "Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII"}]),
    ("Công điện số 5/CĐ-UBND hồi 15 giờ 00 ngày 5/9/2024 của Chủ tịch UBND tỉnh", [{"issued_on": D(2024, 9, 5), "issuer": "Chủ tịch UBND tỉnh"}]),
    ("Thông tư số 2/2001/TT-BCN của Bộ Công nghiệp ngày 27 tháng 4 năm 2001", [{"issuer": "Bộ Công nghiệp", "issued_on": D(2001, 4, 27)}]),
    ("Nghị quyết của Bộ Chính trị số 57-NQ/TW ngày 22/12/2024", [{"issuer": "Bộ Chính trị", "identifier": "57-NQ/TW", "issued_on": D(2024, 12, 22)}]),
    ("Kế hoạch số 5/KH-UBND của UBND tỉnh xây dựng kế hoạch năm", [{"issuer": "UBND tỉnh"}]),
    ("Thông tư liên tịch số 11/2004/TTLT-BNN-BNV của Bộ Nông nghiệp và Phát triển nông thôn và Bộ Nội vụ hướng dẫn", [{"issuer": "Bộ Nông nghiệp và Phát triển nông thôn và Bộ Nội vụ"}]),
    ("Thông tư liên tịch số 8/2010/TTLT-BTC-BNV giữa Bộ Tài chính và Bộ Nội vụ quy định", [{"issuer": "Bộ Tài chính và Bộ Nội vụ"}]),
    ("các Nghị quyết của Hội đồng nhân dân xã: số 5/NQ-HĐND về đầu tư, số 6/NQ-HĐND về đất đai", [{"identifier": "5/NQ-HĐND", "issuer": "Hội đồng nhân dân xã"}, {"identifier": "6/NQ-HĐND", "type": "Nghị quyết"}]),
    ("Nghị quyết số 99/2019/QH14 của Quốc hội khóa XIV về phòng cháy và chữa cháy", [{"issuer": "Quốc hội khóa XIV", "title": "về phòng cháy và chữa cháy"}]),
    ("Chỉ thị 29/CT-TTg năm 2018 về quản lý nhà chung cư do Thủ tướng Chính phủ ban hành", [{"issuer": "Thủ tướng Chính phủ", "title": "về quản lý nhà chung cư"}]),
    ("các nghị định của Chính phủ: Số 92/2006/NĐ-CP về quy hoạch tổng thể; số 4/2008/NĐ-CP", [{"identifier": "92/2006/NĐ-CP", "issuer": "Chính phủ"}, {"identifier": "4/2008/NĐ-CP", "type": "Nghị định"}]),
    ("Nghị quyết số 22-NQ/TU ban hành bởi Tỉnh ủy Lào Cai về chuyển đổi số", [{"issuer": "Tỉnh ủy Lào Cai"}]),
    ("Thông tư số 3/2025/TT-VPCP của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn", [{"issuer": "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"}]),
    ("Kế hoạch số 5-KH/BCĐ của Ban Chỉ đạo 35 Tỉnh ủy về tuyên truyền", [{"issuer": "Ban Chỉ đạo 35 Tỉnh ủy"}]),
    ("Chỉ thị số 18-CT/TW của Ban Bí thư Trung ương Đảng (khóa XI) về an toàn giao thông", [{"issuer": "Ban Bí thư Trung ương Đảng (khóa XI)", "title": "về an toàn giao thông"}]),
    ("theo nghị định số 36/2020/NĐ-CP của chính phủ", [{"identifier": "36/2020/NĐ-CP", "issuer": "chính phủ"}]),
    # -- titles -----------------------------------------------------------------------------------------
    ("Nghị quyết số 36-NQ/TW của Bộ Chính trị về phát triển công nghệ sinh học; các bộ", [{"title": "về phát triển công nghệ sinh học"}]),
    ("Quyết định số 9/QĐ-UBND ban hành Kế hoạch chuyển đổi số năm 2024, Sở Nội vụ xây dựng", [{"title": "ban hành Kế hoạch chuyển đổi số năm 2024"}]),
    ("Quyết định số 9/QĐ-UBND phê duyệt Đề án đô thị (giai đoạn 1)", [{"title": "phê duyệt Đề án đô thị"}]),
    ("Quyết định số 9/QĐ-UBND có hiệu lực", [{"title": None}]),
    # -- lists and shared parts ---------------------------------------------------------------------------
    ("các Quyết định số 1/QĐ-TTg, 2/QĐ-TTg và 3/QĐ-TTg ngày 5/1/2024", [{"text": "Quyết định số 1/QĐ-TTg", "issued_on": None}, {"text": "2/QĐ-TTg", "type": "Quyết định"}, {"text": "3/QĐ-TTg ngày 5/1/2024", "issued_on": D(2024, 1, 5)}]),
    ("Nghị quyết số 57-NQ/TW, 59-NQ/TW", [{"identifier": "57-NQ/TW"}, {"identifier": "59-NQ/TW", "type": "Nghị quyết"}]),
    ("Quy định số 178-QĐ/TW, số 179-QĐ/TW", [{"type": "Quy định"}, {"type": "Quy định", "identifier": "179-QĐ/TW"}]),
    ("Kế hoạch số 154 & 201/KH-ĐHHV", [{"identifier": "154/KH-ĐHHV", "text": "Kế hoạch số 154"}, {"identifier": "201/KH-ĐHHV", "text": "201/KH-ĐHHV"}]),
    ("các Nghị quyết số 57, 59, 66 và 68-NQ/TW", [{"identifier": "57-NQ/TW"}, {"identifier": "59-NQ/TW"}, {"identifier": "66-NQ/TW"}, {"identifier": "68-NQ/TW"}]),
    ("Nghị định số 12/2000/NĐ-CP ngày 05/5/2000 và số 07/2003/NĐ-CP ngày 30/01/2003", [{"issued_on": D(2000, 5, 5)}, {"identifier": "07/2003/NĐ-CP", "issued_on": D(2003, 1, 30), "type": "Nghị định"}]),
    # -- pinpoints ----------------------------------------------------------------------------------------
    ("điểm a khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP", [{"pinpoints": [("5", "2", "a")]}]),
    ("theo quy định tại Điều 108, Luật Địa chất và khoáng sản", [{"pinpoints": [("108", None, None)]}]),
    ("các điểm a, b khoản 1 Điều 7 của Luật Đầu tư công", [{"pinpoints": [("7", "1", "a"), ("7", "1", "b")]}]),
    ("Điều 3 đến Điều 5 Nghị định số 30/2020/NĐ-CP", [{"pinpoints": [("3", None, None), ("4", None, None), ("5", None, None)]}]),
    ("khoản 1 Điều 4, khoản 2 và khoản 3 Điều 9 Thông tư số 32/2024/TT-BYT", [{"pinpoints": [("4", "1", None), ("9", "2", None), ("9", "3", None)]}]),
    ("Điều 5, 6 và 7 Luật Viên chức", [{"pinpoints": [("5", None, None), ("6", None, None), ("7", None, None)]}]),
    ("Điều 5 khoản 2 Nghị định số 30/2020/NĐ-CP", [{"pinpoints": [("5", "2", None)]}]),
    # -- named documents ------------------------------------------------------------------------------------
    ("Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;", [{"form": "named", "type": "Luật", "issued_on": D(2025, 2, 18), "text": "Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025"}]),
    ("Luật Cán bộ, công chức năm 2025, Luật Viên chức năm 2025 và các văn bản", [{"text": "Luật Cán bộ, công chức năm 2025"}, {"text": "Luật Viên chức năm 2025"}]),
    ("Luật sửa đổi, bổ sung một số điều của Luật bảo hiểm y tế ngày 13 tháng 6 năm 2014", [{"text": "Luật sửa đổi, bổ sung một số điều của Luật bảo hiểm y tế ngày 13 tháng 6 năm 2014", "issued_on": D(2014, 6, 13)}]),
    ("Luật Giáo dục nghề nghiệp (sửa đổi) và văn bản", [{"text": "Luật Giáo dục nghề nghiệp (sửa đổi)"}]),
    ("quy định của Luật Đầu tư công, Luật Ngân sách nhà nước và văn bản khác", [{"text": "Luật Đầu tư công"}, {"text": "Luật Ngân sách nhà nước"}]),
    ("Luật Doanh nghiệp số 59/2020/QH14 ngày 17/6/2020", [{"form": "numbered", "identifier": "59/2020/QH14", "issued_on": D(2020, 6, 17), "title": "Luật Doanh nghiệp"}]),
    ("Luật Đất đai (số 31/2024/QH15)", [{"identifier": "31/2024/QH15", "text": "Luật Đất đai (số 31/2024/QH15)"}]),
    ("Bộ luật Dân sự 2015", [{"text": "Bộ luật Dân sự 2015", "type": "Bộ luật"}]),
    ("Pháp lệnh về dự bị động viên ngày 27 tháng 8 năm 1996", [{"form": "named", "issued_on": D(1996, 8, 27)}]),
    ("Luật sửa đổi, bổ sung Điều 4 của Luật Giá năm 2024", [{"text": "Luật sửa đổi, bổ sung Điều 4 của Luật Giá năm 2024"}]),
    ("Luật phòng cháy chữa cháy 2001 số 27/2001/QH10", [{"identifier": "27/2001/QH10", "type": "Luật"}]),
    ("Quy định thi hành Điều lệ Đảng số 24-QĐ/TW", [{"text": "Quy định thi hành Điều lệ Đảng số 24-QĐ/TW", "type": "Quy định"}]),
    ("Điều 100 Hiến pháp Nước cộng hòa xã hội chủ nghĩa Việt nam", [{"text": "Hiến pháp Nước cộng hòa xã hội chủ nghĩa Việt nam"}]),
    ("Luật sửa đổi, bổ sung một số điều của 11 luật về quân sự, quốc phòng ngày 27/6/2025", [{"form": "named", "issued_on": D(2025, 6, 27)}]),
    ("Điều 9 Luật Bầu cử đại biểu Quốc hội và đại biểu HĐND quy định", [{"text": "Luật Bầu cử đại biểu Quốc hội và đại biểu HĐND"}]),
    ("Pháp lệnh Cảnh vệ biển đảo có hiệu lực", [{"text": "Pháp lệnh Cảnh vệ biển đảo", "type": "Pháp lệnh"}]),
    ("Hiến pháp năm 2013", [{"type": "Hiến pháp", "form": "named"}]),
    ("Nghị quyết Hội nghị Trung ương 6 khóa XI về khoa học", [{"text": "Nghị quyết Hội nghị Trung ương 6 khóa XI", "type": "Nghị quyết"}]),
    ("Nghị quyết Đại hội Đảng toàn quốc lần thứ XIV", [{"text": "Nghị quyết Đại hội Đảng toàn quốc lần thứ XIV"}]),
    ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX", [{"text": "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX"}]),
    ("Nghị quyết kỳ họp thứ 12 HĐND tỉnh khóa XII", [{"form": "named"}]),
    ("Đề án số 13 về khoáng sản", [{"identifier": "13", "type": "Đề án", "form": "numbered"}]),
    # -- short and self references ----------------------------------------------------------------------------
    ("nêu trong Chỉ thị 11 của Ban Thường vụ Tỉnh ủy", [{"form": "short", "number": "11", "identifier": None, "issuer": "Ban Thường vụ Tỉnh ủy"}]),
    ("công điện số 415 và nghị định số 03 của Chính phủ", [{"form": "short", "number": "415"}, {"form": "short", "number": "03", "issuer": "Chính phủ"}]),
    ("sơ kết Nghị định 77/2010 về phối hợp", [{"form": "short", "number": "77/2010", "type": "Nghị định", "identifier": None}]),
    ("Quyết định số 2005/QĐ-TTg (Đề án 2005)", [{"identifier": "2005/QĐ-TTg"}, {"form": "short", "number": "2005", "type": "Đề án"}]),
    ("Nghị quyết số 18 ngày 25-10-2017 của Trung ương về bộ máy tinh gọn", [{"form": "short", "title": "về bộ máy tinh gọn"}]),
    ("các Nghị quyết số 57, 59 và 66 của Bộ Chính trị", [{"number": "57", "issuer": "Bộ Chính trị"}, {"number": "59", "issuer": "Bộ Chính trị"}, {"text": "66 của Bộ Chính trị", "form": "short"}]),
    ("Nghị quyết 57 và 5 nhiệm vụ; Đề án 06, 100% hồ sơ", [{"number": "57"}, {"number": "06"}]),
    ("Quyết định nêu trên và Nghị quyết số 57", [{"form": "short", "text": "Quyết định nêu trên"}, {"form": "short", "number": "57"}]),
    ("Kế hoạch số 21 ngày 5/1/2024 của UBND huyện", [{"form": "short", "number": "21", "issued_on": D(2024, 1, 5)}]),
    ("Kế hoạch này", [{"form": "self", "type": "Kế hoạch"}]),
    ("Điều 3 Quyết định này", [{"form": "self", "pinpoints": [("3", None, None)]}]),
    # -- not citations ------------------------------------------------------------------------------------------
    ("Rà soát, xây dựng Luật Bảo hiểm y tế sửa đổi.", []),
    ("Tham mưu ban hành Nghị định về khoáng sản, trình dự án Luật Dân số và Luật Trẻ em", []),
    ("theo tiêu chuẩn quốc gia TCVN ISO 9001:2015, QCVN 01:2021/BXD", []),
    ("luật hiện hành, Đoàn Luật sư tỉnh, Trường Đại học Luật Hà Nội, pháp luật", []),
    ("VĂN BẢN QUY PHẠM PHÁP LUẬT", []),
    ("Đề án3 triển khai, Kế hoạch 5 năm, Báo cáo 6 tháng, Chương trình trên địa bàn tỉnh, giai đoạn 2021-2025/năm", []),
    ("Số: 844/QĐ-TTg", []),
    ("UBND TỈNH\nSố: 12/KH-UBND\tHà Nội, ngày 02/3/2024", []),
    ("Mẫu số 02/KH-ABC, mẫu số 09A/PL-TNCN, 09B/PL-TNCN", []),
    ("Kế hoạch 5/2024, quyết định số lượng, kế hoạch số hóa, năm 2021 – UBND tỉnh", []),
    ("tỷ lệ 1/3, 24/7, huyết áp 120/80, 15 km/h, ngày 19/01/2024, 50/50", []),
]  # fmt: skip


def read(c: Citation, field: str) -> Any:
    """A field as the table writes it."""
    value = getattr(c, field)
    if field == "issuer":
        return value.name if value else None
    if field == "pinpoints":
        return [(p.article, p.clause, p.point) for p in value]
    return value


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda v: v[:70] if isinstance(v, str) else "")
def test_a_mention_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    """Every mention is found with the fields that the table gives, and nothing else is taken for one."""
    found = find_citations(text)
    assert len(found) == len(expected), [c.text for c in found]
    for c, fields in zip(found, expected, strict=True):
        assert {f: read(c, f) for f in fields} == fields


def test_a_mention_crosses_neither_paragraph_nor_cell() -> None:
    """ "\\n" and "\\t" end whatever stands before them."""
    for sign in "\n\t":
        (c,) = find_citations(f"Quyết định số 1/QĐ-TTg{sign}ngày 19/01/2024 của Chính phủ")
        assert c.text == "Quyết định số 1/QĐ-TTg"
        assert find_citations(f"Quyết định{sign}số: 12/KH-X") == () or all(
            sign not in c.text for c in find_citations(f"Quyết định{sign}số: 12/KH-X")
        )


def test_ids_count_the_mentions() -> None:
    """The first mention is c1, whatever it is."""
    found = find_citations("Luật Đất đai; Quyết định số 1/QĐ-TTg; Kế hoạch này")
    assert [c.id for c in found] == ["c1", "c2", "c3"]
