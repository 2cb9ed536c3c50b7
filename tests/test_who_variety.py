"""Who does it, in the manners of schools, hospitals, companies, the Party and communes; texts in our own words."""

from __future__ import annotations

import pytest

from extractor.recognise.agencies import split_agencies
from extractor.resolve.responsibility import roles_in_item

# A cell and its entries.
CELLS: list[tuple[str, list[str]]] = [
    ("Đơn vị có xe cần sửa chữa; Phòng Hành chính", ["Đơn vị có xe cần sửa chữa", "Phòng Hành chính"]),
    ("UBND các xã, phường có chợ trên địa bàn", ["UBND các xã, phường có chợ trên địa bàn"]),
    ("Trưởng các khoa, Trưởng phòng chức năng có liên quan", ["Trưởng các khoa", "Trưởng phòng chức năng có liên quan"]),
    ("Trưởng phòng Vật tư/ Người được giao việc", ["Trưởng phòng Vật tư", "Người được giao việc"]),
    ("Phòng Kinh tế, Hạ tầng & Đô thị", ["Phòng Kinh tế, Hạ tầng & Đô thị"]),
    ("Các tỉnh, thành phố trực thuộc TW; Bộ Xây dựng", ["Các tỉnh, thành phố trực thuộc TW", "Bộ Xây dựng"]),
    ("Phân xưởng Cơ điện, Đội Xe", ["Phân xưởng Cơ điện", "Đội Xe"]),
    ("Tổ đại biểu HĐND xã; Thường trực HĐND xã", ["Tổ đại biểu HĐND xã", "Thường trực HĐND xã"]),
    ("TT CNTT, TTYT khu vực", ["TT CNTT", "TTYT khu vực"]),
    ("Chuyên viên Phòng Tổng hợp; Đại diện các sở, ngành liên quan", ["Chuyên viên Phòng Tổng hợp", "Đại diện các sở, ngành liên quan"]),
    ("Các bộ, ngành, các cơ quan đại diện Việt Nam ở nước ngoài", ["Các bộ, ngành", "các cơ quan đại diện Việt Nam ở nước ngoài"]),
    ("Ban Công tác Mặt trận các khu phố, UBND phường Hòa Bình 2", ["Ban Công tác Mặt trận các khu phố", "UBND phường Hòa Bình 2"]),
    ("Cục trưởng Cục Thuế, Chánh Văn phòng Bộ, Vụ trưởng Vụ Tổ chức cán bộ", ["Cục trưởng Cục Thuế", "Chánh Văn phòng Bộ", "Vụ trưởng Vụ Tổ chức cán bộ"]),
    ("Công an cấp tỉnh hoặc đơn vị cấp cục", ["Công an cấp tỉnh", "đơn vị cấp cục"]),
    ("Trung ương Hội Nông dân Việt Nam; Ban Thanh tra nhân dân xã", ["Trung ương Hội Nông dân Việt Nam", "Ban Thanh tra nhân dân xã"]),
    ("Hội đồng nghiệm thu, Ban Giám sát đầu tư của cộng đồng", ["Hội đồng nghiệm thu", "Ban Giám sát đầu tư của cộng đồng"]),
    ("Cơ quan CSĐT Công an tỉnh, Sở Tư pháp có văn bản hướng dẫn", ["Cơ quan CSĐT Công an tỉnh", "Sở Tư pháp"]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "names"), CELLS, ids=[c for c, _ in CELLS])
def test_cells(cell: str, names: list[str]) -> None:
    assert [m.agency.name for m in split_agencies(cell)] == names


# An item, who leads and who cooperates.
ITEMS: list[tuple[str, list[str], list[str]]] = [
    ("Giao đồng chí Hùng chủ trì, phối hợp với các tổ liên quan soạn văn bản.", ["đồng chí Hùng"], ["các tổ liên quan"]),
    ("Phân công việc bảo dưỡng máy phát cho Phân xưởng 2 chủ trì, phối hợp với Phòng Kỹ thuật thực hiện.", ["Phân xưởng 2"], ["Phòng Kỹ thuật"]),
    ("Sở Công Thương chủ trì, phối hợp với Điện lực tỉnh (EVN), Sở Xây dựng và các đơn vị liên quan kiểm tra lưới điện.", ["Sở Công Thương"], ["Điện lực tỉnh", "Sở Xây dựng", "các đơn vị liên quan"]),
    ("Giám đốc các sở; Thủ trưởng các ban, ngành; Chủ tịch UBND các xã, phường tổ chức thực hiện Kế hoạch.", ["Giám đốc các sở", "Thủ trưởng các ban, ngành", "Chủ tịch UBND các xã, phường"], []),
    ("Cơ quan phối hợp: UBND xã và các đoàn thể phối hợp triển khai.", [], ["UBND xã", "các đoàn thể"]),
    ("Đảng ủy cơ quan Sở Nội vụ phối hợp với Đảng ủy cơ quan Văn phòng Tỉnh ủy tổ chức học tập nghị quyết.", ["Đảng ủy cơ quan Sở Nội vụ"], ["Đảng ủy cơ quan Văn phòng Tỉnh ủy"]),
    ("Thanh tra Bộ Y tế chủ trì, phối hợp với các đơn vị liên quan kiểm tra.", ["Thanh tra Bộ Y tế"], ["các đơn vị liên quan"]),
    ("Cơ quan Tài chính có trách nhiệm bố trí kinh phí.", ["Cơ quan Tài chính"], []),
    ("Phân công Ủy ban Kinh tế của Quốc hội chủ trì thẩm tra dự án.", ["Ủy ban Kinh tế của Quốc hội"], []),
    ("Cộng đồng dân cư phối hợp, thống nhất với Ủy ban nhân dân cấp xã lập phương án.", ["Cộng đồng dân cư"], ["Ủy ban nhân dân cấp xã"]),
    ("Người sử dụng lao động và các cơ quan liên quan có trách nhiệm thực hiện đầy đủ chế độ.", ["Người sử dụng lao động", "các cơ quan liên quan"], []),
    ("Các xã, phường được yêu cầu thành lập Ban Chỉ đạo.", ["Các xã, phường"], []),
    ("Tất cả đảng viên trong Chi bộ phải học tập nghiêm túc.", ["Tất cả đảng viên trong Chi bộ"], []),
    ("Phòng CNTT sao lưu dữ liệu hằng tuần.", ["Phòng CNTT"], []),
    ("Phòng Kinh tế chủ trì, Công an xã và trưởng các thôn phối hợp kiểm tra bến bãi.", ["Phòng Kinh tế"], ["Công an xã", "trưởng các thôn"]),
    ("Người tiếp nhận phản ánh có trách nhiệm trả lời bằng văn bản.", ["Người tiếp nhận phản ánh"], []),
    ("Đề nghị UBND các xã, phường phối hợp và tổ chức thực hiện.", ["UBND các xã, phường"], []),
    ("Đoàn xã Bình An phối hợp với Công an xã mở lớp tập huấn.", ["Đoàn xã Bình An"], ["Công an xã"]),
    ("UBND xã yêu cầu các ông xóm trưởng thực hiện nghiêm việc trực gác.", ["các ông xóm trưởng"], []),
    ("Trưởng các phòng, người đứng đầu các đơn vị thuộc Sở và các cơ quan liên quan tổ chức thực hiện.", ["Trưởng các phòng", "người đứng đầu các đơn vị thuộc Sở", "các cơ quan liên quan"], []),
    ("Hằng quý, phối hợp với Ban Pháp chế, các Ban của HĐND, Văn phòng UBND rà soát nghị quyết.", [], ["Ban Pháp chế", "các Ban của HĐND", "Văn phòng UBND"]),
    ("Các đơn vị trực thuộc tiếp nhận hồ sơ của tổ chức, cá nhân có trách nhiệm kiểm tra và trả kết quả.", ["Các đơn vị trực thuộc"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "cooperating"), ITEMS, ids=[i[0] for i in ITEMS])
def test_items(text: str, lead: list[str], cooperating: list[str]) -> None:
    roles = roles_in_item(text)
    assert [m.agency.name for m in roles.lead] == lead
    assert [m.agency.name for m in roles.cooperating] == cooperating
