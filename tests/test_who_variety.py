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
    ("Sở Y tế, các đơn vị lực lượng vũ trang", ["Sở Y tế", "các đơn vị lực lượng vũ trang"]),
    ("Bộ trưởng, cấp có thẩm quyền", ["Bộ trưởng", "cấp có thẩm quyền"]),
    ("Ban Quản lý dự án đầu tư xây dựng công trình giao thông; PC06", ["Ban Quản lý dự án đầu tư xây dựng công trình giao thông", "PC06"]),
    ("Ban Giám hiệu nhà trường, Ban Công tác Mặt trận ấp, khóm", ["Ban Giám hiệu nhà trường", "Ban Công tác Mặt trận ấp, khóm"]),
    ("Công đoàn các khu công nghiệp; công đoàn xã, phường", ["Công đoàn các khu công nghiệp", "công đoàn xã, phường"]),
    ("Ban Chỉ huy Phòng thủ khu vực 3 - Mộc Châu", ["Ban Chỉ huy Phòng thủ khu vực 3 - Mộc Châu"]),
    ("PCT UBND xã; Các ông (bà) Trưởng thôn", ["PCT UBND xã", "Các ông (bà) Trưởng thôn"]),
    ("Sở NN&MT, các sở: TC, XD, CT", ["Sở NN&MT", "Sở TC", "Sở XD", "Sở CT"]),
    ("BCH Đoàn trường, GVCN các lớp", ["BCH Đoàn trường", "GVCN các lớp"]),
    ("Văn phòng ĐĐBQH&HĐND tỉnh", ["Văn phòng ĐĐBQH&HĐND tỉnh"]),
    ("Giám đốc các trung tâm GDNN-GDTX; Tổ bảo vệ an ninh, trật tự ở cơ sở", ["Giám đốc các trung tâm GDNN-GDTX", "Tổ bảo vệ an ninh, trật tự ở cơ sở"]),
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
    ("Riêng Sở Công Thương kiểm tra kho xăng dầu.", ["Sở Công Thương"], []),
    ("Sở kính đề nghị Sở Tài chính thẩm định dự toán.", ["Sở Tài chính"], []),
    ("Chế độ báo cáo: Các phòng báo cáo kết quả trước ngày 20 hằng tháng.", ["Các phòng"], []),
    ("Lập bản đồ số các khu dân cư (Sở Xây dựng; Sở Nông nghiệp và Môi trường).", ["Sở Xây dựng", "Sở Nông nghiệp và Môi trường"], []),
    ("Tổng hợp, báo cáo Ban Chỉ đạo tỉnh (Sở Nội vụ).", [], []),
    ("Giao Phòng Cảnh sát quản lý hành chính về trật tự xã hội làm đầu mối.", ["Phòng Cảnh sát quản lý hành chính về trật tự xã hội"], []),
    ("Phó Giám đốc phụ trách chuyên môn duyệt phác đồ điều trị.", ["Phó Giám đốc phụ trách chuyên môn"], []),
    ("Bộ phận văn thư bảo quản hồ sơ.", ["Bộ phận văn thư"], []),
    ("Giao Tổ kiểm tra việc thu phí.", [], []),
    ("Yêu cầu các Tổ công tác của Chủ tịch UBND tỉnh tiếp tục đôn đốc.", ["các Tổ công tác của Chủ tịch UBND tỉnh"], []),
    ("Phối hợp với các trường học giáo dục pháp luật cho học sinh.", [], ["các trường học"]),
    ("Các phòng và Trung tâm Dịch vụ tổng hợp xã rà soát số liệu.", ["Các phòng", "Trung tâm Dịch vụ tổng hợp xã"], []),
    ("Chánh Văn phòng Sở, Trưởng các tiểu ban căn cứ kế hoạch triển khai.", ["Chánh Văn phòng Sở", "Trưởng các tiểu ban"], []),
    ("Văn phòng Thường trực Ban Chỉ huy Phòng thủ dân sự xã tổ chức trực ban.", ["Văn phòng Thường trực Ban Chỉ huy Phòng thủ dân sự xã"], []),
    ("Đảng ủy Sở, Ban Giám đốc Sở lãnh đạo toàn diện.", ["Đảng ủy Sở", "Ban Giám đốc Sở"], []),
    ("Phối hợp các trường tiểu học, trung học cơ sở mở lớp bơi.", [], ["các trường tiểu học, trung học cơ sở"]),
    ("Tổ trưởng dân phố: vận động các hộ tham gia.", ["Tổ trưởng dân phố"], []),
    ("Ban hành quy chế chi tiêu (Kế toán tham mưu, xong trước 15/01/2026).", ["Kế toán"], []),
    ("Công khai thủ tục; Trung tâm Phục vụ hành chính công xã thực hiện.", ["Trung tâm Phục vụ hành chính công xã"], []),
    ("Đ/c Lan: duyệt kế hoạch ôn tập.", ["Đ/c Lan"], []),
    ("Cấp ủy các chi bộ trực thuộc: lồng ghép nội dung trong sinh hoạt chi bộ.", ["Cấp ủy các chi bộ trực thuộc"], []),
    ("Hội đồng Khoa học và Đào tạo xét chọn danh mục đề tài.", ["Hội đồng Khoa học và Đào tạo"], []),
    ("Giao Ban Quản lý dự án ODA đôn đốc nhà thầu.", ["Ban Quản lý dự án ODA"], []),
    ("Nhóm chuyên gia, cộng tác viên viết bài.", ["Nhóm chuyên gia, cộng tác viên"], []),
    ("Chủ nhiệm đề tài báo cáo tiến độ.", ["Chủ nhiệm đề tài"], []),
    ("Giao Phòng Văn bản và Phổ biến, giáo dục pháp luật làm đầu mối.", ["Phòng Văn bản và Phổ biến, giáo dục pháp luật"], []),
    ("Công an xã, Dân quân lập chốt kiểm dịch.", ["Công an xã", "Dân quân"], []),
    ("Tổ tiêu hủy tiến hành tiêu hủy lợn bệnh.", ["Tổ tiêu hủy"], []),
    ("Phó Giám đốc Kỹ thuật chỉ đạo công tác an toàn.", ["Phó Giám đốc Kỹ thuật"], []),
    ("Phối hợp với Trạm Y tế, Công an, Đoàn Thanh niên tư vấn cho phụ nữ.", [], ["Trạm Y tế", "Công an", "Đoàn Thanh niên"]),
    ("Hội Nông dân xã phối hợp với Công an, Quân sự và các đoàn thể xã vận động Nhân dân.", ["Hội Nông dân xã"], ["Công an", "Quân sự", "các đoàn thể xã"]),
    ("Phân công các đồng chí Ủy viên Ban Thường vụ phụ trách chi bộ dự sinh hoạt.", ["các đồng chí Ủy viên Ban Thường vụ"], []),
    ("Các tổ chức tín dụng trên địa bàn cơ cấu lại thời hạn trả nợ.", ["Các tổ chức tín dụng trên địa bàn"], []),
    ("Giám sát phản ứng sau tiêm: Khoa Kiểm soát bệnh tật chịu trách nhiệm.", ["Khoa Kiểm soát bệnh tật"], []),
    ("Các Hội, đoàn thể xã và Ban nhân dân các thôn ra quân tổng vệ sinh.", ["Các Hội, đoàn thể xã", "Ban nhân dân các thôn"], []),
    ("Tổ trật tự đô thị phối hợp Công an phường xử lý lấn chiếm vỉa hè.", ["Tổ trật tự đô thị"], ["Công an phường"]),
    ("Các cơ quan, đơn vị được kiểm tra chuẩn bị báo cáo.", ["Các cơ quan, đơn vị được kiểm tra"], []),
    ("Chi hội trưởng các thôn, khu vận động hội viên.", ["Chi hội trưởng các thôn, khu"], []),
    ("Biên soạn tài liệu mẫu cho các địa phương (Văn phòng Bộ, Cục Y tế dự phòng).", ["Văn phòng Bộ", "Cục Y tế dự phòng"], []),
    ("Lãnh đạo Viện theo lĩnh vực phụ trách kiểm tra các phòng.", ["Lãnh đạo Viện"], []),
    ("Đội thu gom rác dân lập phối hợp Công an xã xóa điểm đen về rác.", ["Đội thu gom rác dân lập"], ["Công an xã"]),
    ("Đảng ủy viên phụ trách địa bàn thường xuyên bám cơ sở.", ["Đảng ủy viên phụ trách địa bàn"], []),
    ("Tổ nuôi dưỡng xây dựng thực đơn theo mùa.", ["Tổ nuôi dưỡng"], []),
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
