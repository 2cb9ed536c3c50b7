"""Plans of every kind of body: the cells, headings and sentences that name who does what.

The rows read as the specification; the sentences are our own. `|` parts the expected names.
"""

from __future__ import annotations

import pytest

from extractor.document import AgencyKind
from extractor.recognise.agencies import canonical, split_agencies
from extractor.resolve.responsibility import heading_agencies, lead_of_introduction, roles_in_item


def _names(s: str) -> list[str]:
    return [n.strip() for n in s.split("|")] if s else []


CELLS = [
    # names with a comma before a word in lower case
    ("Phòng Công chức, viên chức", "Phòng Công chức, viên chức"),
    ("Phòng Phổ biến, giáo dục pháp luật", "Phòng Phổ biến, giáo dục pháp luật"),
    ("Phòng Tổ chức, biên chế; Phòng Công chức, viên chức", "Phòng Tổ chức, biên chế | Phòng Công chức, viên chức"),
    ("Phòng Cải cách hành chính, văn thư, lưu trữ", "Phòng Cải cách hành chính, văn thư, lưu trữ"),
    ("Ban Chính sách, chiến lược Trung ương", "Ban Chính sách, chiến lược Trung ương"),
    ("Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh", "Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh"),
    ("Phòng Tiền lương, bảo hiểm xã hội, Văn phòng Sở", "Phòng Tiền lương, bảo hiểm xã hội | Văn phòng Sở"),
    ("Phòng Quản lý giá, công sản và các đơn vị liên quan", "Phòng Quản lý giá, công sản | các đơn vị liên quan"),
    ("Phòng Nghiệp vụ 1, các phòng liên quan", "Phòng Nghiệp vụ 1 | các phòng liên quan"),
    ("Văn phòng Sở, cơ quan liên quan", "Văn phòng Sở | cơ quan liên quan"),
    ("Sở Nội vụ, cơ quan, đơn vị liên quan", "Sở Nội vụ | cơ quan, đơn vị liên quan"),
    ("Phòng Trồng trọt, địa phương liên quan", "Phòng Trồng trọt | địa phương liên quan"),
    ("Vụ Pháp luật hình sự - hành chính", "Vụ Pháp luật hình sự - hành chính"),
    ("Cục Bổ trợ tư pháp; Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý",
     "Cục Bổ trợ tư pháp | Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý"),
    ("Cục Quản lý chất lượng, chế biến và Phát triển thị trường", "Cục Quản lý chất lượng, chế biến và Phát triển thị trường"),
    ("Báo và Phát thanh, truyền hình tỉnh", "Báo và Phát thanh, truyền hình tỉnh"),
    ("Báo và phát thanh, truyền hình Sơn La", "Báo và phát thanh, truyền hình Sơn La"),
    ("Chi cục Quản lý chất lượng nông, lâm sản và thủy sản", "Chi cục Quản lý chất lượng nông, lâm sản và thủy sản"),
    # verbs inside a name
    ("Trung tâm Trợ giúp pháp lý nhà nước", "Trung tâm Trợ giúp pháp lý nhà nước"),
    ("Trung tâm Khuyến công và Tư vấn phát triển công nghiệp", "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp"),
    ("Trung tâm Xúc tiến đầu tư, thương mại và du lịch", "Trung tâm Xúc tiến đầu tư, thương mại và du lịch"),
    ("Phòng Quản lý thương mại; Phòng Kế hoạch - Tài chính - Tổng hợp", "Phòng Quản lý thương mại | Phòng Kế hoạch - Tài chính - Tổng hợp"),
    ("Trung tâm Dịch vụ việc làm, Trung tâm Điều dưỡng người có công", "Trung tâm Dịch vụ việc làm | Trung tâm Điều dưỡng người có công"),
    ("Phòng Kiểm soát thủ tục hành chính", "Phòng Kiểm soát thủ tục hành chính"),
    ("Phòng Thanh tra, kiểm tra và theo dõi thi hành pháp luật", "Phòng Thanh tra, kiểm tra và theo dõi thi hành pháp luật"),
    ("Cục Kiểm soát thủ tục hành chính, Vụ Pháp chế", "Cục Kiểm soát thủ tục hành chính | Vụ Pháp chế"),
    ("Phòng Xây dựng chính quyền và Công tác thanh niên", "Phòng Xây dựng chính quyền và Công tác thanh niên"),
    ("Trung tâm Chuyển đổi số; Trung tâm Giám sát, điều hành thông minh", "Trung tâm Chuyển đổi số | Trung tâm Giám sát, điều hành thông minh"),
    # persons by title
    ("Bộ trưởng các Bộ: Công an, Xây dựng, Y tế", "Bộ trưởng Bộ Công an | Bộ trưởng Bộ Xây dựng | Bộ trưởng Bộ Y tế"),
    ("Giám đốc các sở, Thủ trưởng các ban, ngành, Chủ tịch UBND các xã, phường",
     "Giám đốc các sở | Thủ trưởng các ban, ngành | Chủ tịch UBND các xã, phường"),
    ("Hiệu trưởng các trường", "Hiệu trưởng các trường"),
    ("Hiệu trưởng các trường mầm non, tiểu học, trung học cơ sở", "Hiệu trưởng các trường mầm non, tiểu học, trung học cơ sở"),
    ("Trưởng khoa, Trưởng bộ môn", "Trưởng khoa | Trưởng bộ môn"),
    ("Phó Hiệu trưởng phụ trách chuyên môn", "Phó Hiệu trưởng phụ trách chuyên môn"),
    ("Tổ trưởng chuyên môn, giáo viên chủ nhiệm", "Tổ trưởng chuyên môn | giáo viên chủ nhiệm"),
    ("Đồng chí Nguyễn Văn An - Phó Giám đốc", "Đồng chí Nguyễn Văn An - Phó Giám đốc"),
    ("Đ/c Trần Thị Bình - Phó Hiệu trưởng; Đ/c Lê Văn Cường - Tổ trưởng Tổ Toán",
     "Đ/c Trần Thị Bình - Phó Hiệu trưởng | Đ/c Lê Văn Cường - Tổ trưởng Tổ Toán"),
    ("Trưởng các phòng, Chánh Văn phòng, Chánh Thanh tra Sở", "Trưởng các phòng | Chánh Văn phòng | Chánh Thanh tra Sở"),
    ("Giám đốc Trung tâm Y tế khu vực Mộc Châu", "Giám đốc Trung tâm Y tế khu vực Mộc Châu"),
    # schools, universities
    ("Ban Giám hiệu, Tổ chuyên môn", "Ban Giám hiệu | Tổ chuyên môn"),
    ("BGH, TTCM, GV", "BGH | TTCM | GV"),
    ("Tổ Văn phòng; Tổ Khoa học tự nhiên", "Tổ Văn phòng | Tổ Khoa học tự nhiên"),
    ("GVCN, Tổng phụ trách Đội", "GVCN | Tổng phụ trách Đội"),
    ("Tổng phụ trách Đội; Bí thư Đoàn trường", "Tổng phụ trách Đội | Bí thư Đoàn trường"),
    ("Phòng Quản lý khoa học và Hợp tác quốc tế", "Phòng Quản lý khoa học và Hợp tác quốc tế"),
    ("P. Đào tạo, P. Khảo thí và ĐBCL", "P. Đào tạo | P. Khảo thí và ĐBCL"),
    ("Khoa Công nghệ thông tin, Khoa Sư phạm, các khoa liên quan", "Khoa Công nghệ thông tin | Khoa Sư phạm | các khoa liên quan"),
    ("Trung tâm Thông tin - Thư viện", "Trung tâm Thông tin - Thư viện"),
    ("Ban đại diện cha mẹ học sinh", "Ban đại diện cha mẹ học sinh"),
    ("Trường THPT chuyên Lê Hồng Phong", "Trường THPT chuyên Lê Hồng Phong"),
    ("Trường Đại học Bách khoa, Đại học Quốc gia TP. Hồ Chí Minh", "Trường Đại học Bách khoa | Đại học Quốc gia TP. Hồ Chí Minh"),
    # hospitals
    ("Khoa Khám bệnh", "Khoa Khám bệnh"),
    ("Khoa Hồi sức cấp cứu, Khoa Chẩn đoán hình ảnh", "Khoa Hồi sức cấp cứu | Khoa Chẩn đoán hình ảnh"),
    ("Phòng Kế hoạch tổng hợp, Phòng Điều dưỡng", "Phòng Kế hoạch tổng hợp | Phòng Điều dưỡng"),
    ("Khoa Kiểm soát nhiễm khuẩn; các khoa lâm sàng", "Khoa Kiểm soát nhiễm khuẩn | các khoa lâm sàng"),
    ("Bệnh viện Đa khoa tỉnh, Trung tâm Kiểm soát bệnh tật tỉnh", "Bệnh viện Đa khoa tỉnh | Trung tâm Kiểm soát bệnh tật tỉnh"),
    ("Trạm Y tế các xã, phường", "Trạm Y tế các xã, phường"),
    # mass organisations, Party
    ("Công đoàn cơ sở", "Công đoàn cơ sở"),
    ("Đoàn TNCS Hồ Chí Minh", "Đoàn TNCS Hồ Chí Minh"),
    ("Hội Liên hiệp Phụ nữ tỉnh, Hội Nông dân tỉnh, Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh | Hội Nông dân tỉnh | Tỉnh đoàn"),
    ("Ủy ban MTTQ Việt Nam xã và các tổ chức chính trị - xã hội xã", "Ủy ban MTTQ Việt Nam xã | các tổ chức chính trị - xã hội xã"),
    ("Ban Công tác Mặt trận các thôn", "Ban Công tác Mặt trận các thôn"),
    ("Hội Chữ thập đỏ tỉnh; Hội Khuyến học tỉnh", "Hội Chữ thập đỏ tỉnh | Hội Khuyến học tỉnh"),
    ("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh"),
    ("Hội Văn học - Nghệ thuật tỉnh", "Hội Văn học - Nghệ thuật tỉnh"),
    ("Ban Xây dựng Đảng, Văn phòng Đảng ủy, Ủy ban Kiểm tra Đảng ủy xã", "Ban Xây dựng Đảng | Văn phòng Đảng ủy | Ủy ban Kiểm tra Đảng ủy xã"),
    ("Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy", "Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy"),
    ("Đảng ủy UBND tỉnh; Đảng ủy các cơ quan Đảng tỉnh; đảng ủy các xã, phường",
     "Đảng ủy UBND tỉnh | Đảng ủy các cơ quan Đảng tỉnh | đảng ủy các xã, phường"),
    ("Ban Thường vụ Đảng ủy HĐND tỉnh", "Ban Thường vụ Đảng ủy HĐND tỉnh"),
    ("Ủy ban Kiểm tra Tỉnh ủy; Ban Nội chính Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy | Ban Nội chính Tỉnh ủy"),
    # communes
    ("Trung tâm Phục vụ hành chính công xã", "Trung tâm Phục vụ hành chính công xã"),
    ("Phòng Văn hóa - Xã hội xã, Phòng Kinh tế xã", "Phòng Văn hóa - Xã hội xã | Phòng Kinh tế xã"),
    ("Văn phòng HĐND và UBND xã", "Văn phòng HĐND và UBND xã"),
    ("Ban Chỉ huy Quân sự xã, Công an xã", "Ban Chỉ huy Quân sự xã | Công an xã"),
    ("Các thôn, tổ dân phố", "Các thôn, tổ dân phố"),
    ("thôn, tổ dân phố", "thôn, tổ dân phố"),
    ("Trưởng các thôn, bản; Tổ Công nghệ số cộng đồng", "Trưởng các thôn, bản | Tổ Công nghệ số cộng đồng"),
    ("Công chức Văn hóa - Xã hội, Công chức Địa chính - Xây dựng", "Công chức Văn hóa - Xã hội | Công chức Địa chính - Xây dựng"),
    ("Văn phòng HĐND&UBND; Phòng VH-XH; Trung tâm PVHCC", "Văn phòng HĐND&UBND | Phòng VH-XH | Trung tâm PVHCC"),
    # sectors
    ("Kho bạc Nhà nước khu vực XIV", "Kho bạc Nhà nước khu vực XIV"),
    ("Thuế cơ sở 3", "Thuế cơ sở 3"),
    ("Thuế tỉnh, Hải quan khu vực XV, Thống kê tỉnh", "Thuế tỉnh | Hải quan khu vực XV | Thống kê tỉnh"),
    ("Chi cục Thuế khu vực VIII", "Chi cục Thuế khu vực VIII"),
    ("Cục Thống kê, Vụ Pháp chế", "Cục Thống kê | Vụ Pháp chế"),
    ("Công ty Điện lực", "Công ty Điện lực"),
    ("Công ty Điện lực Sơn La, Viettel Sơn La, VNPT Sơn La, MobiFone Sơn La",
     "Công ty Điện lực Sơn La | Viettel Sơn La | VNPT Sơn La | MobiFone Sơn La"),
    ("Công ty TNHH MTV Khai thác công trình thủy lợi", "Công ty TNHH MTV Khai thác công trình thủy lợi"),
    ("Tập đoàn Điện lực Việt Nam (EVN), Tổng công ty Truyền tải điện Quốc gia",
     "Tập đoàn Điện lực Việt Nam | Tổng công ty Truyền tải điện Quốc gia"),
    ("Ngân hàng Chính sách xã hội chi nhánh tỉnh", "Ngân hàng Chính sách xã hội chi nhánh tỉnh"),
    ("Ngân hàng Nhà nước Chi nhánh Khu vực 5", "Ngân hàng Nhà nước Chi nhánh Khu vực 5"),
    ("Bảo hiểm xã hội tỉnh; BHXH cơ sở Mai Sơn", "Bảo hiểm xã hội tỉnh | BHXH cơ sở Mai Sơn"),
    ("Chủ rừng, chủ đầu tư", "Chủ rừng, chủ đầu tư"),
    ("Các chủ rừng, chủ đầu tư công trình", "Các chủ rừng, chủ đầu tư công trình"),
    ("Bộ Chỉ huy Quân sự tỉnh, Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Bộ Chỉ huy Quân sự tỉnh | Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
    ("Hạt Kiểm lâm khu vực III, Ban Quản lý rừng phòng hộ Sông Đà", "Hạt Kiểm lâm khu vực III | Ban Quản lý rừng phòng hộ Sông Đà"),
    ("Văn phòng Đăng ký đất đai tỉnh và các chi nhánh", "Văn phòng Đăng ký đất đai tỉnh | các chi nhánh"),
    ("Quỹ Bảo vệ và Phát triển rừng tỉnh", "Quỹ Bảo vệ và Phát triển rừng tỉnh"),
    ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh", "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh"),
    ("Đài Khí tượng Thủy văn tỉnh", "Đài Khí tượng Thủy văn tỉnh"),
    ("Tòa án nhân dân khu vực 4; Viện kiểm sát nhân dân khu vực 4", "Tòa án nhân dân khu vực 4 | Viện kiểm sát nhân dân khu vực 4"),
    # collective phrases
    ("Các sở, ban, ngành; UBND các xã, phường, đặc khu", "Các sở, ban, ngành | UBND các xã, phường, đặc khu"),
    ("Sở Công Thương và các sở, ngành, UBND cấp xã có liên quan", "Sở Công Thương | các sở, ngành | UBND cấp xã có liên quan"),
    ("Các đơn vị trực thuộc Bộ", "Các đơn vị trực thuộc Bộ"),
    ("Cục, Vụ, đơn vị thuộc Bộ", "Cục, Vụ, đơn vị thuộc Bộ"),
    ("Các Cục, Vụ thuộc Bộ; Sở Tài chính các tỉnh", "Các Cục, Vụ thuộc Bộ | Sở Tài chính các tỉnh"),
    ("Các phòng chuyên môn, đơn vị sự nghiệp thuộc Sở", "Các phòng chuyên môn, đơn vị sự nghiệp thuộc Sở"),
    ("Các hội, đoàn thể", "Các hội, đoàn thể"),
    ("Các doanh nghiệp, hợp tác xã, hộ kinh doanh trên địa bàn", "Các doanh nghiệp, hợp tác xã, hộ kinh doanh trên địa bàn"),
    ("Toàn thể cán bộ, viên chức, người lao động", "Toàn thể cán bộ, viên chức, người lao động"),
    ("Các cơ quan báo chí; các doanh nghiệp viễn thông", "Các cơ quan báo chí | các doanh nghiệp viễn thông"),
    ("Cán bộ, giáo viên, nhân viên, học sinh", "Cán bộ, giáo viên, nhân viên, học sinh"),
    ("Các Phòng: Tổ chức cán bộ, Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ | Phòng Kế hoạch - Tài chính"),
    ("Các Sở: Tài chính, Nội vụ, Y tế; UBND các xã", "Sở Tài chính | Sở Nội vụ | Sở Y tế | UBND các xã"),
    ("UBND các huyện: Bảo Yên, Bắc Hà", "UBND huyện Bảo Yên | UBND huyện Bắc Hà"),
    ("UBND các xã: Mường La, Chiềng Lao và Ngọc Chiến", "UBND xã Mường La | UBND xã Chiềng Lao | UBND xã Ngọc Chiến"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "names"), CELLS)
def test_a_cell_of_any_kind_of_plan(cell: str, names: str) -> None:
    """One entry for each agency, none split inside its name."""
    assert [m.agency.name for m in split_agencies(cell)] == _names(names)


# text, lead, cooperating
ITEMS = [
    ("Phòng Tổ chức, biên chế chủ trì, phối hợp với Văn phòng Sở tham mưu đề án.", "Phòng Tổ chức, biên chế", "Văn phòng Sở"),
    ("Giao Phòng Phổ biến, giáo dục pháp luật theo dõi, đôn đốc.", "Phòng Phổ biến, giáo dục pháp luật", ""),
    ("Phòng Công chức, viên chức rà soát danh sách.", "Phòng Công chức, viên chức", ""),
    ("Trung tâm Trợ giúp pháp lý nhà nước tổ chức truyền thông lưu động.", "Trung tâm Trợ giúp pháp lý nhà nước", ""),
    ("Trung tâm Khuyến công và Tư vấn phát triển công nghiệp hỗ trợ các cơ sở xây dựng thương hiệu.",
     "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp", ""),
    ("Thủ trưởng đơn vị thuộc Sở xây dựng kế hoạch thực hiện.", "Thủ trưởng đơn vị thuộc Sở", ""),
    ("Các phòng, đơn vị thuộc Sở xây dựng kế hoạch chi tiết.", "Các phòng, đơn vị thuộc Sở", ""),
    ("Các đơn vị thuộc Sở Xây dựng rà soát quy chuẩn.", "Các đơn vị thuộc Sở Xây dựng", ""),
    ("Đảng ủy HĐND tỉnh lãnh đạo Thường trực HĐND tỉnh tăng cường giám sát.", "Đảng ủy HĐND tỉnh", ""),
    ("Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy căn cứ Chương trình này xây dựng kế hoạch.",
     "Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy", ""),
    ("Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh cụ thể hóa các nhiệm vụ.", "Đảng ủy UBND tỉnh", ""),
    ("Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh lãnh đạo công tác giám sát, phản biện.",
     "Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh", ""),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy chủ trì, phối hợp với Đảng ủy UBND tỉnh hướng dẫn tuyên truyền.",
     "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Đảng ủy UBND tỉnh"),
    ("Văn phòng Tỉnh ủy theo dõi, đôn đốc, tổng hợp kết quả thực hiện.", "Văn phòng Tỉnh ủy", ""),
    ("Ban Chấp hành Đảng bộ xã quán triệt nghị quyết đến từng chi bộ.", "Ban Chấp hành Đảng bộ xã", ""),
    ("Ủy ban Kiểm tra Tỉnh ủy phối hợp với các ban đảng kiểm tra việc thực hiện.", "Ủy ban Kiểm tra Tỉnh ủy", "các ban đảng"),
    ("Tổng hợp kết quả, báo cáo Chính phủ, Thủ tướng Chính phủ xem xét.", "", ""),
    ("Bộ Nội vụ tổng hợp khó khăn, vướng mắc, báo cáo Chính phủ, Thủ tướng Chính phủ xem xét, quyết định.", "Bộ Nội vụ", ""),
    ("Định kỳ trước ngày 15/12, các bộ, ngành gửi báo cáo về Bộ Tài chính, báo cáo Thủ tướng Chính phủ.", "các bộ, ngành", ""),
    ("Giám đốc các sở, Thủ trưởng các ban, ngành, Chủ tịch UBND các xã, phường có trách nhiệm triển khai Kế hoạch.",
     "Giám đốc các sở | Thủ trưởng các ban, ngành | Chủ tịch UBND các xã, phường", ""),
    ("Hiệu trưởng các trường chịu trách nhiệm tổ chức thực hiện tại đơn vị.", "Hiệu trưởng các trường", ""),
    ("Trưởng khoa, Trưởng bộ môn phân công giảng viên tham gia.", "Trưởng khoa | Trưởng bộ môn", ""),
    ("Ban Giám hiệu chỉ đạo các tổ chuyên môn xây dựng kế hoạch dạy học.", "Ban Giám hiệu", ""),
    ("Tổ chuyên môn sinh hoạt hai lần mỗi tháng.", "Tổ chuyên môn", ""),
    ("Tổ trưởng chuyên môn kiểm tra hồ sơ của giáo viên.", "Tổ trưởng chuyên môn", ""),
    ("Giáo viên chủ nhiệm phối hợp với cha mẹ học sinh quản lý học sinh.", "Giáo viên chủ nhiệm", "cha mẹ học sinh"),
    ("Khoa Khám bệnh bố trí nhân lực tiếp đón người bệnh.", "Khoa Khám bệnh", ""),
    ("Phòng Kế hoạch tổng hợp chủ trì, phối hợp với các khoa, phòng xây dựng quy trình.", "Phòng Kế hoạch tổng hợp", "các khoa, phòng"),
    ("Các khoa lâm sàng thực hiện nghiêm quy trình kiểm soát nhiễm khuẩn.", "Các khoa lâm sàng", ""),
    ("Công đoàn cơ sở phát động phong trào thi đua.", "Công đoàn cơ sở", ""),
    ("Đoàn TNCS Hồ Chí Minh xã ra quân dọn vệ sinh môi trường.", "Đoàn TNCS Hồ Chí Minh xã", ""),
    ("Đề nghị Ủy ban MTTQ Việt Nam xã, các tổ chức chính trị - xã hội xã tăng cường giám sát.",
     "Ủy ban MTTQ Việt Nam xã | các tổ chức chính trị - xã hội xã", ""),
    ("Phòng Văn hóa - Xã hội xã tham mưu UBND xã ban hành kế hoạch.", "Phòng Văn hóa - Xã hội xã", ""),
    ("Văn phòng HĐND và UBND xã đôn đốc các đơn vị báo cáo đúng hạn.", "Văn phòng HĐND và UBND xã", ""),
    ("Trung tâm Phục vụ hành chính công xã niêm yết thủ tục hành chính.", "Trung tâm Phục vụ hành chính công xã", ""),
    ("Công an xã chủ trì, phối hợp với Ban Chỉ huy Quân sự xã tuần tra.", "Công an xã", "Ban Chỉ huy Quân sự xã"),
    ("Trưởng các thôn, bản tuyên truyền đến từng hộ gia đình.", "Trưởng các thôn, bản", ""),
    ("Các thôn, tổ dân phố vận động Nhân dân tham gia.", "Các thôn, tổ dân phố", ""),
    ("Chủ rừng, chủ đầu tư chịu trách nhiệm phòng cháy rừng.", "Chủ rừng, chủ đầu tư", ""),
    ("Các chủ rừng tổ chức lực lượng trực gác.", "Các chủ rừng", ""),
    ("Thuế cơ sở 3 rà soát hộ kinh doanh.", "Thuế cơ sở 3", ""),
    ("Kho bạc Nhà nước khu vực XIV hướng dẫn thanh toán.", "Kho bạc Nhà nước khu vực XIV", ""),
    ("Báo và Phát thanh, truyền hình tỉnh mở chuyên mục.", "Báo và Phát thanh, truyền hình tỉnh", ""),
    ("Cục Thống kê công bố số liệu hằng quý.", "Cục Thống kê", ""),
    ("Vụ Pháp chế chủ trì thẩm định dự thảo; Vụ Kế hoạch - Tài chính bố trí kinh phí.", "Vụ Pháp chế", ""),
    ("Vụ Tổ chức cán bộ, Văn phòng Bộ, các Cục, Vụ theo chức năng, nhiệm vụ triển khai thực hiện.",
     "Vụ Tổ chức cán bộ | Văn phòng Bộ | các Cục, Vụ", ""),
    ("Công ty Điện lực Sơn La bảo đảm cung cấp điện an toàn.", "Công ty Điện lực Sơn La", ""),
    ("Công ty TNHH MTV Khai thác công trình thủy lợi vận hành hồ chứa đúng quy trình.",
     "Công ty TNHH MTV Khai thác công trình thủy lợi", ""),
    ("Viettel Sơn La, VNPT Sơn La bảo đảm thông tin liên lạc thông suốt.", "Viettel Sơn La | VNPT Sơn La", ""),
    ("Các doanh nghiệp viễn thông mở rộng vùng phủ sóng.", "Các doanh nghiệp viễn thông", ""),
    ("Sở Công Thương phối hợp với Công ty Điện lực, các chủ đầu tư kiểm tra an toàn hồ đập.",
     "Sở Công Thương", "Công ty Điện lực | các chủ đầu tư"),
    ("Chủ đầu tư các dự án khẩn trương hoàn thiện hồ sơ.", "Chủ đầu tư các dự án", ""),
    ("Chi cục Kiểm lâm, Chi cục Thủy lợi trực ban 24/24 giờ.", "Chi cục Kiểm lâm | Chi cục Thủy lợi", ""),
    ("Chi cục Quản lý thị trường kiểm tra, xử lý hàng giả.", "Chi cục Quản lý thị trường", ""),
    ("Đội Quản lý thị trường số 3 kiểm tra đột xuất.", "Đội Quản lý thị trường số 3", ""),
    ("Phòng Quản lý thương mại là đầu mối, theo dõi, tổng hợp kết quả.", "Phòng Quản lý thương mại", ""),
    ("Phòng Quản lý năng lượng chủ động phối hợp các đơn vị liên quan kiểm tra.", "Phòng Quản lý năng lượng", "các đơn vị liên quan"),
    ("Văn phòng Sở bố trí kinh phí.", "Văn phòng Sở", ""),
    ("Thanh tra Sở lồng ghép nội dung vào kế hoạch kiểm tra.", "Thanh tra Sở", ""),
    ("Hội Nông dân tỉnh vận động hội viên tham gia bảo hiểm.", "Hội Nông dân tỉnh", ""),
    ("Hội Doanh nhân trẻ tỉnh tuyên truyền đến hội viên.", "Hội Doanh nhân trẻ tỉnh", ""),
    ("Hiệp hội Doanh nghiệp tỉnh, Liên minh Hợp tác xã tỉnh phổ biến chính sách.",
     "Hiệp hội Doanh nghiệp tỉnh | Liên minh Hợp tác xã tỉnh", ""),
    ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh hướng dẫn MTTQ cấp xã triển khai.", "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh", ""),
    ("Tổ Công nghệ số cộng đồng đến từng hộ dân hướng dẫn cài đặt.", "Tổ Công nghệ số cộng đồng", ""),
    ("Đồng chí Nguyễn Văn An - Phó Giám đốc trực tiếp chỉ đạo thực hiện Kế hoạch.", "Đồng chí Nguyễn Văn An - Phó Giám đốc", ""),
    ("Giao đồng chí Lê Thị Hoa, Phó Chủ tịch UBND xã chỉ đạo, kiểm tra.", "đồng chí Lê Thị Hoa, Phó Chủ tịch UBND xã", ""),
    ("Các đồng chí Ủy viên Ban Thường vụ theo địa bàn phụ trách chỉ đạo thực hiện.", "Các đồng chí Ủy viên Ban Thường vụ", ""),
    ("Bộ trưởng các Bộ: Công an, Xây dựng, Y tế chỉ đạo thực hiện.",
     "Bộ trưởng Bộ Công an | Bộ trưởng Bộ Xây dựng | Bộ trưởng Bộ Y tế", ""),
    ("Trường Chính trị tỉnh xây dựng chương trình bồi dưỡng.", "Trường Chính trị tỉnh", ""),
    ("Các cơ sở giáo dục trên địa bàn tỉnh tổ chức ngoại khóa.", "Các cơ sở giáo dục trên địa bàn tỉnh", ""),
    ("Nhà trường bố trí kinh phí. Đoàn trường phát động cuộc thi.", "Nhà trường | Đoàn trường", ""),
    ("Hội đồng trường giám sát việc thực hiện kế hoạch.", "Hội đồng trường", ""),
    ("Ban Quản lý các khu công nghiệp tỉnh phối hợp Sở Nội vụ rà soát lao động.",
     "Ban Quản lý các khu công nghiệp tỉnh", "Sở Nội vụ"),
    ("Ban Quản lý dự án đầu tư xây dựng tỉnh đẩy nhanh tiến độ giải ngân.", "Ban Quản lý dự án đầu tư xây dựng tỉnh", ""),
    ("Ngân hàng Chính sách xã hội chi nhánh tỉnh giải ngân vốn vay.", "Ngân hàng Chính sách xã hội chi nhánh tỉnh", ""),
    ("Văn phòng Ban Chỉ đạo tham mưu tổ chức họp giao ban.", "Văn phòng Ban Chỉ đạo", ""),
    ("Văn phòng Điều phối nông thôn mới tỉnh tổng hợp kết quả.", "Văn phòng Điều phối nông thôn mới tỉnh", ""),
    ("Cơ quan thường trực Ban Chỉ đạo đôn đốc các thành viên.", "Cơ quan thường trực Ban Chỉ đạo", ""),
    ("Tổ giúp việc Ban Chỉ đạo tổng hợp báo cáo tuần.", "Tổ giúp việc Ban Chỉ đạo", ""),
    ("Các thành viên Ban Chỉ đạo căn cứ nhiệm vụ được phân công chủ động thực hiện.", "Các thành viên Ban Chỉ đạo", ""),
    ("UBND các xã, phường, đặc khu bố trí ngân sách; tổ chức tuyên truyền.", "UBND các xã, phường, đặc khu", ""),
    ("UBND xã giao Phòng Kinh tế chủ trì, phối hợp với các thôn triển khai.", "Phòng Kinh tế", "các thôn"),
    ("Giao Phòng Kinh tế, Phòng Văn hóa - Xã hội, Công an xã theo nhiệm vụ triển khai.",
     "Phòng Kinh tế | Phòng Văn hóa - Xã hội | Công an xã", ""),
    ("Ủy ban nhân dân tỉnh giao Sở Khoa học và Công nghệ làm cơ quan đầu mối theo dõi.", "Sở Khoa học và Công nghệ", ""),
    ("Căn cứ Kế hoạch này, yêu cầu Thủ trưởng các đơn vị nghiêm túc thực hiện.", "Thủ trưởng các đơn vị", ""),
    ("Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Phòng Tổ chức, biên chế để tổng hợp.", "các đơn vị", ""),
    ("Kinh phí do ngân sách nhà nước bảo đảm theo phân cấp.", "", ""),
    ("Bảo đảm 100% cán bộ, công chức được tập huấn.", "", ""),
    ("Tiếp tục thực hiện Quy chế phối hợp giữa Công an tỉnh và Sở Xây dựng.", "", ""),
    ("Công tác phối hợp giữa các sở, ngành được tăng cường.", "", ""),
    ("Phối hợp với Hội Luật gia, Đoàn Luật sư tỉnh tư vấn pháp luật miễn phí.", "", "Hội Luật gia | Đoàn Luật sư tỉnh"),
    ("Chủ trì, phối hợp với Trung tâm Trợ giúp pháp lý nhà nước, Phòng Công chứng số 1 tổ chức hội nghị.",
     "", "Trung tâm Trợ giúp pháp lý nhà nước | Phòng Công chứng số 1"),
    ("Bệnh viện Đa khoa tỉnh cử bác sĩ hỗ trợ tuyến dưới.", "Bệnh viện Đa khoa tỉnh", ""),
    ("Trạm Y tế xã phối hợp với nhà trường khám sức khỏe học sinh.", "Trạm Y tế xã", "nhà trường"),
    ("Hải quan khu vực XV tạo thuận lợi thông quan hàng hóa.", "Hải quan khu vực XV", ""),
    ("Bộ đội Biên phòng tỉnh tuần tra, kiểm soát khu vực biên giới.", "Bộ đội Biên phòng tỉnh", ""),
    ("Bộ Chỉ huy Quân sự tỉnh chủ trì, phối hợp với Công an tỉnh xây dựng phương án.", "Bộ Chỉ huy Quân sự tỉnh", "Công an tỉnh"),
    ("Thường trực HĐND, UBND, Ủy ban MTTQ Việt Nam xã chỉ đạo thực hiện.",
     "Thường trực HĐND | UBND | Ủy ban MTTQ Việt Nam xã", ""),
    ("Hội đồng nhân dân các xã, phường giám sát việc thực hiện nghị quyết.", "Hội đồng nhân dân các xã, phường", ""),
    ("Chánh Văn phòng, Trưởng các phòng chuyên môn, Giám đốc các trung tâm thuộc Sở chịu trách nhiệm thi hành.",
     "Chánh Văn phòng | Trưởng các phòng chuyên môn | Giám đốc các trung tâm thuộc Sở", ""),
    ("Sở Nội vụ: Chủ trì theo dõi; phối hợp với Sở Tài chính bố trí kinh phí.", "Sở Nội vụ", "Sở Tài chính"),
    ("Cán bộ, giáo viên, nhân viên nghiêm túc thực hiện.", "Cán bộ, giáo viên, nhân viên", ""),
    ("Người lao động chấp hành nội quy.", "Người lao động", ""),
    ("Xây dựng Đảng ủy vững mạnh; tổ chức đảng hoạt động nền nếp.", "", ""),
    ("Phòng ngừa, ngăn chặn cháy nổ tại các cơ sở.", "", ""),
    ("Tổ chức, cá nhân vi phạm bị xử lý theo quy định.", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "cooperating"), ITEMS)
def test_who_does_it_in_any_kind_of_plan(text: str, lead: str, cooperating: str) -> None:
    """The doer before the verb leads, those after "phối hợp với" cooperate, whoever they are."""
    found = roles_in_item(text)
    assert [m.agency.name for m in found.lead] == _names(lead)
    assert [m.agency.name for m in found.cooperating] == _names(cooperating)


HEADINGS = [
    ("1. Phòng Công chức, viên chức", "Phòng Công chức, viên chức"),
    ("2. Phòng Tổ chức, biên chế và Phòng Cải cách hành chính", "Phòng Tổ chức, biên chế | Phòng Cải cách hành chính"),
    ("3. Trung tâm Trợ giúp pháp lý nhà nước tỉnh", "Trung tâm Trợ giúp pháp lý nhà nước tỉnh"),
    ("4. Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh", "Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh"),
    ("5. Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy:", "Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy"),
    ("6. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội",
     "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh | các tổ chức chính trị - xã hội"),
    ("7. Ban Giám hiệu", "Ban Giám hiệu"),
    ("8. Tổ trưởng chuyên môn, giáo viên", "Tổ trưởng chuyên môn | giáo viên"),
    ("9. Đối với giáo viên chủ nhiệm", "giáo viên chủ nhiệm"),
    ("10. Các khoa, phòng trong bệnh viện", "Các khoa, phòng trong bệnh viện"),
    ("a) Khoa Khám bệnh:", "Khoa Khám bệnh"),
    ("b) Trách nhiệm của Hiệu trưởng các trường", "Hiệu trưởng các trường"),
    ("11. Báo và Phát thanh, truyền hình tỉnh", "Báo và Phát thanh, truyền hình tỉnh"),
    ("12. Văn phòng HĐND và UBND xã", "Văn phòng HĐND và UBND xã"),
    ("13. Các thôn, tổ dân phố", "Các thôn, tổ dân phố"),
    ("14. Thôn, tổ dân phố", "Thôn, tổ dân phố"),
    ("15. Công ty Điện lực Sơn La, các doanh nghiệp viễn thông", "Công ty Điện lực Sơn La | các doanh nghiệp viễn thông"),
    ("16. Chủ rừng", "Chủ rừng"),
    ("17. SỞ TÀI CHÍNH", "SỞ TÀI CHÍNH"),
    ("18. ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG", "ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG"),
    ("19. Các sở, ban, ngành tỉnh; UBND các xã, phường", "Các sở, ban, ngành tỉnh | UBND các xã, phường"),
    ("20. Giao Phòng Quản lý công nghiệp", "Phòng Quản lý công nghiệp"),
    ("21. Các cơ quan, đơn vị, tổ chức, cá nhân có liên quan", "Các cơ quan, đơn vị, tổ chức, cá nhân có liên quan"),
    ("22. Trưởng các khoa, phòng, trung tâm", "Trưởng các khoa, phòng, trung tâm"),
    ("23. Vụ Pháp chế, Thanh tra Bộ", "Vụ Pháp chế | Thanh tra Bộ"),
    ("24. Tổ chức Đoàn, Hội", "Tổ chức Đoàn, Hội"),
    ("25. Công đoàn, Đoàn Thanh niên", "Công đoàn | Đoàn Thanh niên"),
    ("I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", ""),
    ("1. Xây dựng Đảng và hệ thống chính trị", ""),
    ("2. Phòng, chống tham nhũng, lãng phí", ""),
    ("3. Tổ chức bộ máy, biên chế", ""),
    ("4. Khoa học, công nghệ và đổi mới sáng tạo", ""),
    ("5. Hội nhập quốc tế", ""),
    ("6. Thanh tra, kiểm tra, giám sát", ""),
    ("7. Bảo hiểm xã hội, bảo hiểm y tế", ""),
    ("8. Thông tin, tuyên truyền", ""),
    ("9. Tổ chức, cán bộ", ""),
    ("10. Doanh nghiệp và hợp tác xã phát triển bền vững", ""),
    ("11. Báo cáo Ủy ban nhân dân tỉnh", ""),
    ("12. Công nghiệp, thương mại", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "names"), HEADINGS)
def test_a_heading_of_any_kind_of_plan(title: str, names: str) -> None:
    """A heading that is nothing but agencies names those who do what follows; a topic names nobody."""
    assert [m.agency.name for m in heading_agencies(title)] == _names(names)


INTRODUCTIONS = [
    ("Trên cơ sở bám sát chỉ đạo tại các Nghị quyết, Kết luận của Bộ Chính trị, Ban Bí thư, Ban Chỉ đạo Trung ương về tổng kết "
     "Nghị quyết số 18, rà soát, thực hiện việc sắp xếp tổ chức bộ máy, cụ thể như sau:", ""),
    ("Thực hiện các mục tiêu theo chỉ đạo của Chính phủ, Thủ tướng Chính phủ, xây dựng các chương trình, cụ thể như sau:", ""),
    ("Căn cứ chức năng, nhiệm vụ được giao, các phòng, đơn vị thuộc Sở thực hiện các nội dung sau:", "các phòng, đơn vị thuộc Sở"),
    ("Trên cơ sở Kế hoạch của Bộ Y tế, Sở Y tế, Trung tâm Y tế xây dựng kế hoạch với các nội dung sau:",
     "Sở Y tế | Trung tâm Y tế"),
    ("Để thực hiện tốt Kế hoạch, Đảng ủy yêu cầu các chi bộ trực thuộc tập trung thực hiện:", "các chi bộ trực thuộc"),
    ("Hiệu trưởng yêu cầu các tổ chuyên môn, giáo viên thực hiện một số nội dung sau:", "các tổ chuyên môn, giáo viên"),
    ("Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", ""),
    ("Sở Công Thương xây dựng Kế hoạch thực hiện với các nội dung như sau:", ""),
    ("Các nhiệm vụ cụ thể được phân công như sau:", ""),
    ("Theo đề nghị của Sở Nội vụ, Sở Tài chính, một số nội dung được điều chỉnh như sau:", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), INTRODUCTIONS)
def test_an_introduction_of_any_kind_of_plan(text: str, names: str) -> None:
    """Agencies of a noun phrase are no doers; the issuer who speaks of this document is none either."""
    assert [m.agency.name for m in lead_of_introduction(text)] == _names(names)


# name as printed, place, canonical, kind
FULL: list[tuple[str, str | None, str | None, AgencyKind]] = [
    ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP", "Đồng Tháp", "Ủy ban nhân dân tỉnh Đồng Tháp", "people_committee"),
    ("ỦY BAN NHÂN DÂN\nTỈNH ĐỒNG THÁP", None, "Ủy ban nhân dân tỉnh Đồng Tháp", "people_committee"),
    ("UBND TỈNH HÀ NAM", None, "Ủy ban nhân dân tỉnh Hà Nam", "people_committee"),
    ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", None, "Ủy ban nhân dân Thành phố Hồ Chí Minh", "people_committee"),
    ("ỦY BAN NHÂN DÂN XÃ MƯỜNG LỐNG", None, "Ủy ban nhân dân xã Mường Lống", "people_committee"),
    ("UBND PHƯỜNG BẾN THÀNH", None, "Ủy ban nhân dân phường Bến Thành", "people_committee"),
    ("HỘI ĐỒNG NHÂN DÂN TỈNH NGHỆ AN", None, "Hội đồng nhân dân tỉnh Nghệ An", "people_council"),
    ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", None, "Sở Khoa học và Công nghệ", "provincial_department"),
    ("SỞ KH&CN", None, "Sở Khoa học và Công nghệ", "provincial_department"),
    ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", None, "Bộ Giáo dục và Đào tạo", "ministry"),
    ("ĐẢNG BỘ TỈNH SƠN LA", None, "Đảng bộ tỉnh Sơn La", "party"),
    ("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH", None, "Đảng ủy các cơ quan Đảng tỉnh", "party"),
    ("ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH", None, "Đảng ủy Ủy ban nhân dân tỉnh", "party"),
    ("TỈNH ỦY SƠN LA", None, "Tỉnh ủy Sơn La", "party"),
    ("TRƯỜNG ĐẠI HỌC TÂY ĐÔ", None, "Trường Đại học Tây Đô", "unit"),
    ("TRƯỜNG ĐẠI HỌC CÔNG NGHIỆP THỰC PHẨM", None, None, "unit"),
    ("TRƯỜNG TIỂU HỌC NGUYỄN DU", None, "Trường Tiểu học Nguyễn Du", "unit"),
    ("TRƯỜNG THPT CHU VĂN AN", None, "Trường THPT Chu Văn An", "unit"),
    ("BỆNH VIỆN ĐA KHOA TỈNH", None, "Bệnh viện Đa khoa tỉnh", "unit"),
    ("TRUNG TÂM Y TẾ", None, "Trung tâm Y tế", "unit"),
    ("CÔNG AN TỈNH", "Lào Cai", "Công an tỉnh Lào Cai", "other"),
    ("VĂN PHÒNG CHÍNH PHỦ", None, "Văn phòng Chính phủ", "office"),
    ("HỘI LIÊN HIỆP PHỤ NỮ TỈNH", None, "Hội Liên hiệp Phụ nữ tỉnh", "other"),
    ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", None, None, "other"),
    ("ỦY BAN MTTQ VIỆT NAM TỈNH", "Sơn La", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sơn La", "other"),
    ("Phòng Công chức, viên chức", None, "Phòng Công chức, viên chức", "unit"),
    ("Đảng ủy các cơ quan Đảng tỉnh", None, "Đảng ủy các cơ quan Đảng tỉnh", "party"),
    ("Kho bạc Nhà nước khu vực XIV", None, "Kho bạc Nhà nước khu vực XIV", "other"),
    ("THÀNH PHỐ HÀ NỘI", None, None, "other"),
]


@pytest.mark.parametrize(("name", "place", "full", "kind"), FULL)
def test_a_name_in_capitals_is_set_in_its_proper_case(
    name: str, place: str | None, full: str | None, kind: AgencyKind
) -> None:
    """The case of what is known is known; where a name of its own might hide among the capitals, None."""
    assert canonical(name, place=place) == (full, kind)
