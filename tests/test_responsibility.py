"""Who leads, cooperates, approves and receives, as the words of an item state it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.resolve.headings import heading_agencies
from extractor.resolve.responsibility import Roles, lead_of_introduction, opening_verb, roles_in_item, starts_with_verb
from extractor.rules import load


def names(roles: Roles) -> dict[str, list[str]]:
    """The names in each role."""
    return {role: [m.agency.name for m in found] for role, found in roles._asdict().items()}


ITEMS: list[tuple[str, list[str], list[str]]] = [
    ("Rà soát, bổ sung quy hoạch tỉnh.", [], []),
    (
        "Bộ Y tế chủ trì, phối hợp với các bộ, ngành, địa phương theo dõi việc thực hiện Kế hoạch.",
        ["Bộ Y tế"],
        ["các bộ, ngành, địa phương"],
    ),
    ("Uỷ ban nhân dân cấp tỉnh, cấp xã đưa chỉ tiêu vào kế hoạch.", ["Uỷ ban nhân dân cấp tỉnh, cấp xã"], []),
    (
        "Các bộ, ngành, địa phương chủ động phối hợp với Bộ Nội vụ tham mưu khen thưởng.",
        ["Các bộ, ngành, địa phương"],
        ["Bộ Nội vụ"],
    ),
    (
        "Căn cứ Kế hoạch này, các phòng, đơn vị thuộc Sở tổ chức thực hiện.",
        ["các phòng, đơn vị thuộc Sở"],
        [],
    ),
    (
        "Trưởng các phòng, đơn vị thuộc Sở định kỳ 6 tháng, năm báo cáo kết quả.",
        ["Trưởng các phòng, đơn vị thuộc Sở"],
        [],
    ),
    (
        "Trên cơ sở nội dung Chỉ thị, các Bộ, cơ quan ngang bộ, Ủy ban nhân dân các tỉnh, thành phố theo nhiệm vụ được "
        "giao tổ chức xây dựng kế hoạch.",
        ["các Bộ, cơ quan ngang bộ", "Ủy ban nhân dân các tỉnh, thành phố"],
        [],
    ),
    ("Phòng Đào tạo: Sắp xếp lịch học.", ["Phòng Đào tạo"], []),
    ("Đoàn Thanh niên: cử đại diện tham dự.", ["Đoàn Thanh niên"], []),
    (
        "Giao Sở Nội vụ chủ trì, phối hợp Công an tỉnh, UBND các xã, phường rà soát.",
        ["Sở Nội vụ"],
        ["Công an tỉnh", "UBND các xã, phường"],
    ),
    (
        "Đề nghị Ban Tuyên giáo và Dân vận Trung ương lãnh đạo công tác tuyên truyền.",
        ["Ban Tuyên giáo và Dân vận Trung ương"],
        [],
    ),
    (
        "Chính phủ đề nghị Mặt trận Tổ quốc, các tổ chức chính trị - xã hội phối hợp trong quá trình thực hiện.",
        [],
        ["Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội"],
    ),
    ("Giám đốc Sở Y tế tỉnh, thành phố tham mưu đề án.", ["Giám đốc Sở Y tế tỉnh, thành phố"], []),
    (
        "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ, Chủ tịch UBND các tỉnh tập trung chỉ đạo.",
        ["Bộ trưởng", "Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Chủ tịch UBND các tỉnh"],
        [],
    ),
    ("Bộ Tài chính tăng cường, nâng cao năng lực giám định.", ["Bộ Tài chính"], []),
    (
        "Chủ tịch Ủy ban nhân dân các xã, phường chịu trách nhiệm trước pháp luật.",
        ["Chủ tịch Ủy ban nhân dân các xã, phường"],
        [],
    ),
    ("Phối hợp phòng Tài chính – Kế hoạch dự trù kinh phí.", [], ["phòng Tài chính – Kế hoạch"]),
    (
        "Chỉ đạo lực lượng công an nắm tình hình; phối hợp với chính quyền địa phương các cấp trong việc rà soát.",
        [],
        ["chính quyền địa phương các cấp"],
    ),
    ("Chỉ đạo Ủy ban nhân dân cấp xã xây dựng đề án.", [], []),
    ("Theo dõi, tổng hợp; báo cáo Chính phủ, Thủ tướng Chính phủ xem xét, chỉ đạo.", [], []),
    ("Căn cứ chức năng, nhiệm vụ của từng đơn vị chủ động ban hành kế hoạch.", [], []),
    ("Đơn vị sự nghiệp công lập thuộc Sở Nội vụ được sắp xếp theo hướng tinh gọn.", [], []),
    (
        "Đối với đơn vị ở cấp xã: Ủy ban nhân dân cấp tỉnh chỉ đạo chung. Ủy ban nhân dân cấp xã quyết định thành lập.",
        ["Ủy ban nhân dân cấp tỉnh", "Ủy ban nhân dân cấp xã"],
        [],
    ),
    ("Hằng năm, Sở Tài chính tham mưu bố trí kinh phí.", ["Sở Tài chính"], []),
    ("Định kỳ báo cáo Thủ tướng Chính phủ (qua Bộ Nội vụ) vào thứ Sáu.", [], []),
    ("Rà soát danh mục (Sở Nội vụ chủ trì, phối hợp với Sở Tài chính).", ["Sở Nội vụ"], ["Sở Tài chính"]),
    (
        "Mở lớp tập huấn. Đơn vị chủ trì: Phòng Tổ chức cán bộ; đơn vị phối hợp: các khoa, Văn phòng. Thời gian: Quý II.",
        ["Phòng Tổ chức cán bộ"],
        ["các khoa", "Văn phòng"],
    ),
    ("Phối hợp chặt chẽ, đồng bộ giữa các cơ quan quản lý nhà nước.", [], []),
    ("", [], []),
]


@pytest.mark.parametrize(("text", "lead", "cooperating"), ITEMS)
def test_an_item_states_who_does_it(text: str, lead: list[str], cooperating: list[str]) -> None:
    """The doer before the verb leads, those after "phối hợp với" cooperate; an opening verb states no lead."""
    found = names(roles_in_item(text))
    assert (found["lead"], found["cooperating"]) == (lead, cooperating)


def test_who_approves_and_who_receives() -> None:
    """What is submitted goes to the approver, what is reported to the recipients."""
    found = names(
        roles_in_item("Sở Nội vụ xây dựng đề án, trình UBND tỉnh phê duyệt; báo cáo Tỉnh ủy (qua Văn phòng Tỉnh ủy).")
    )
    assert found["approver"] == ["UBND tỉnh"]
    assert found["recipients"] == ["Tỉnh ủy", "Văn phòng Tỉnh ủy"]


HEADINGS = [
    ("2. Sở Nông nghiệp và Môi trường", ["Sở Nông nghiệp và Môi trường"]),
    (
        "1. Giám đốc các Sở và Thủ trưởng các ban, ngành tỉnh; Chủ tịch Ủy ban nhân dân các xã, phường:",
        ["Giám đốc các Sở", "Thủ trưởng các ban, ngành tỉnh", "Chủ tịch Ủy ban nhân dân các xã, phường"],
    ),
    (
        "a) Các bộ, cơ quan ngang bộ, Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",
        ["Các bộ, cơ quan ngang bộ", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"],
    ),
    ("3. Phòng CTCT-QLSV:", ["Phòng CTCT-QLSV"]),
    ("Công an tỉnh", ["Công an tỉnh"]),
    ("II. TỔ CHỨC THỰC HIỆN", []),
    ("4. Đẩy mạnh cải cách hành chính", []),
    ("Công tác thanh tra, kiểm tra", []),
    ("Sở Nội vụ chủ trì rà soát", []),
    ("", []),
]


@pytest.mark.parametrize(("title", "agencies"), HEADINGS)
def test_a_heading_names_agencies_or_something_else(title: str, agencies: list[str]) -> None:
    """Only a heading that is nothing but agencies names those who do what follows."""
    assert [m.agency.name for m in heading_agencies(title)] == agencies


INTRODUCTIONS = [
    (
        "Nhằm đạt mục tiêu đề ra, bên cạnh các nhiệm vụ thường xuyên, các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, "
        "Ủy ban nhân dân các tỉnh cần cụ thể hóa và thực hiện các nhiệm vụ sau đây:",
        ["các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Ủy ban nhân dân các tỉnh"],
    ),
    (
        "Để triển khai thống nhất, Thủ tướng Chính phủ yêu cầu các bộ, ngành, địa phương khẩn trương thực hiện:",
        ["các bộ, ngành, địa phương"],
    ),
    ("Căn cứ Kết luận số 10-KL/TW, Chính phủ ban hành Chương trình hành động như sau:", []),
    ("Các nhiệm vụ trọng tâm gồm:", []),
    ("Sở Nội vụ tổng hợp kết quả.", []),
]


@pytest.mark.parametrize(("text", "agencies"), INTRODUCTIONS)
def test_an_introduction_tells_who_does_what_follows(text: str, agencies: list[str]) -> None:
    """A sentence that ends with a colon may say who must do the items below it."""
    assert [m.agency.name for m in lead_of_introduction(text)] == agencies


def test_the_issuing_rule_takes_its_examples() -> None:
    """An issuer who speaks of the document itself does none of the items below; whoever carries out does."""
    row = load("assignments")["issuing"]
    assert all(lead_of_introduction(e["text"]) == () for e in row["examples"])
    assert all(lead_of_introduction(text) for text in row["not_examples"])


VERBS = [
    ("Tham mưu UBND tỉnh ban hành kế hoạch", "Tham mưu", True),
    ("Tiếp tục rà soát, sắp xếp tổ chức bộ máy", "Tiếp tục rà soát", True),
    ("Bộ Y tế chủ trì, phối hợp với Bộ Tài chính rà soát", "chủ trì", False),
    ("Sở Nội vụ có trách nhiệm theo dõi việc thực hiện", "theo dõi", False),
    ("Hằng năm, tổ chức hội nghị tổng kết", "tổ chức hội nghị", False),
    ("Căn cứ nhiệm vụ được phân công, thực hiện báo cáo", "thực hiện", False),
    ("Căn cứ hướng dẫn của Bộ Y tế, lập danh mục thuốc thiết yếu", "lập", False),
    ("Theo chỉ đạo của Thường trực Tỉnh ủy, rà soát các dự án chậm tiến độ", "rà soát", False),
    ("Người đứng đầu cơ quan trực tiếp chỉ đạo", "trực tiếp chỉ đạo", False),
    ("Tổ chức chính trị - xã hội", None, False),
    ("Quyết định số 12/QĐ-UBND", None, False),
    ("Dữ liệu tài sản trí tuệ", None, False),
    ("", None, False),
]


@pytest.mark.parametrize(("text", "verb", "opens"), VERBS)
def test_the_opening_verb(text: str, verb: str | None, opens: bool) -> None:
    """The verb phrase is quoted as printed, after the doer or an introduction; a noun gives none."""
    assert (opening_verb(text), starts_with_verb(text)) == (verb, opens)


ROLES = ("lead", "cooperating", "approver", "supervisor", "recipients")
RULES: list[tuple[str, dict[str, Any]]] = [
    *((row["role"], row) for row in (*load("assignments")["cue"], *load("assignments")["label"])),
    ("lead", load("assignments")["introduction"]),
    ("lead", load("verbs")["modal"]),
]


@pytest.mark.parametrize(("role", "row"), RULES)
def test_every_assignment_rule_takes_its_examples(role: str, row: dict[str, Any]) -> None:
    """The names in each role are those that the rule says, and its role stays empty in a counter-example."""
    for example in row["examples"]:
        found = names(roles_in_item(example["text"]))
        assert {k: found[k] for k in ROLES if k in example} == {k: example[k] for k in ROLES if k in example}
    for text in row.get("not_examples", ()):
        assert names(roles_in_item(text))[role] == [], text


@pytest.mark.parametrize("row", [load("assignments")["heading"]])
def test_the_heading_rule_takes_its_examples(row: dict[str, Any]) -> None:
    """Words such as "Trách nhiệm của" may stand before the agencies of a heading."""
    for example in row["examples"]:
        assert [m.agency.name for m in heading_agencies(example["text"])] == example["lead"]
    for text in row["not_examples"]:
        assert heading_agencies(text) == ()


@pytest.mark.parametrize(
    "row", [*load("verbs")["class"], load("verbs")["modifier"]], ids=lambda r: r.get("name", "modifier")
)
def test_every_verb_class_takes_its_examples(row: dict[str, Any]) -> None:
    """The opening verb of each example is the one it says; a counter-example does not open with a verb."""
    for example in row["examples"]:
        assert opening_verb(example["text"]) == example["verb"]
        assert starts_with_verb(example["text"])
    for text in row["not_examples"]:
        assert not starts_with_verb(text), text


PIECES = st.sampled_from(
    ["Bộ Y tế", "các sở, ban, ngành", "và", ",", ";", ".", ":", "chủ trì", "phối hợp với", "Căn cứ", "Hằng năm", "giao", "đề nghị", "trình",
     "Đơn vị chủ trì:", "báo cáo", "(", ")", "Giám đốc Sở Nội vụ", "rà soát", "theo", "Đối với", "\n", "có trách nhiệm"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_roles_quote_the_item(text: str) -> None:
    """Every mention indexes the item's text, whatever the text is."""
    for found in roles_in_item(text):
        for m in found:
            assert 0 <= m.start < m.end <= len(text)
            assert m.agency.name.endswith(" ".join(text[m.start : m.end].split()))
    verb = opening_verb(text)
    assert verb is None or verb in text
    heading_agencies(text)
    lead_of_introduction(text + ":")


@pytest.mark.parametrize(
    "unit", ["phối hợp với ", "giao ", "Căn cứ, ", "Sở Nội vụ, ", "chủ trì: ", "(Sở Y tế ", "Hằng năm các "]
)
def test_long_repetitions_are_read(unit: str) -> None:
    """Adversarial repetition neither recurses nor blows up."""
    roles_in_item(unit * 2000)
    opening_verb(unit * 2000)
