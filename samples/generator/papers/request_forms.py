"""Request forms of civil status, criminal record and social aid: one frame, other titles and rows.

Titles are the names of the papers in the catalogue of procedures, labels those of ``classifiers/rules`` and
of the birth registration form (domain facts, section 4, row 11); their order is from memory, unverified.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samples.generator.families import Family
from samples.generator.layout import Cell, form, pen, republic_head, title
from samples.generator.papers.birth import identity_paper
from samples.generator.papers.frame import Rows, applicant_signs, date_cell, name_cell, print_rows, single
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene
from samples.generator.style import Span

_OATH: Final = (
    "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestForm:
    """A kind of request.

    Attributes:
        about: what the rows after the requester's say: ``birth``, ``death``, ``extract``, ``status``,
            ``parent``, ``change``, ``record``, ``aid``.
    """

    type_id: str
    title: tuple[str, ...]
    about: str


#: The requests of the catalogue that have no module of their own.
REQUESTS: Final = (
    RequestForm(
        type_id="to_khai_dang_ky_lai_khai_sinh", title=("TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH",), about="birth"
    ),
    RequestForm(type_id="to_khai_khai_tu", title=("TỜ KHAI ĐĂNG KÝ KHAI TỬ",), about="death"),
    RequestForm(
        type_id="to_khai_trich_luc", title=("TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",), about="extract"
    ),
    RequestForm(
        type_id="to_khai_xn_hon_nhan",
        title=("TỜ KHAI CẤP GIẤY XÁC NHẬN", "TÌNH TRẠNG HÔN NHÂN"),
        about="status",
    ),
    RequestForm(
        type_id="to_khai_nhan_cha_me_con", title=("TỜ KHAI ĐĂNG KÝ NHẬN CHA, MẸ, CON",), about="parent"
    ),
    RequestForm(
        type_id="to_khai_cai_chinh",
        title=("TỜ KHAI ĐĂNG KÝ VIỆC THAY ĐỔI, CẢI CHÍNH,", "BỔ SUNG THÔNG TIN HỘ TỊCH"),
        about="change",
    ),
    RequestForm(
        type_id="to_khai_ly_lich_tu_phap",
        title=("TỜ KHAI YÊU CẦU CẤP PHIẾU LÝ LỊCH TƯ PHÁP",),
        about="record",
    ),
    RequestForm(type_id="to_khai_tro_cap_xa_hoi", title=("TỜ KHAI ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI",), about="aid"),
)


def request(scene: Scene, kind: RequestForm, home: Family) -> Paper:
    """The mother asks, about the child, the husband or herself."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    requester = home.mother
    y = republic_head(canvas, look)
    y = title(canvas, y + 2, *kind.title, size=14.5)
    to = f"Kính gửi: {scene.committee}"
    canvas.write(105, y + 3, Span(text=to, style=look.body), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    asks = name_cell("Họ, chữ đệm, tên người yêu cầu:", requester, "requester_name")
    wanted: Rows = (
        asks,
        Cell(label="Nơi cư trú:", text=requester.home.text, field="requester_residence"),
        Cell(label="Giấy tờ tùy thân:", text=identity_paper(requester)),
        *_matter(scene, kind.about, home),
    )
    y = print_rows(rows, y + 13, wanted)
    oath = [Span(text=_OATH, style=look.body)]
    y = canvas.paragraph(look.left, y + 1, look.width, oath, leading=look.leading, indent=8)
    applicant_signs(scene, canvas, y + 3, "Người yêu cầu", requester)
    return single(canvas, kind.type_id)


def _matter(scene: Scene, about: str, home: Family) -> Rows:
    """The rows of one request after those about the requester."""
    if about == "death":
        return _death(scene, home.father)
    who = home.mother if about in ("status", "record") else home.child
    rows: list[Cell | tuple[Cell, ...] | str] = [
        name_cell("Họ, chữ đệm, tên:", who),
        (date_cell("Ngày, tháng, năm sinh:", who.born), Cell(label="Giới tính:", text=who.sex, field="sex")),
        Cell(label="Số định danh cá nhân:", text=who.number, field="personal_number"),
        Cell(label="Nơi cư trú:", text=who.home.text, field="residence"),
    ]
    office = f"{scene.committee}, {scene.area.province}"
    rows += {
        "birth": [Cell(label="Đã đăng ký khai sinh tại:", text=office, field="issuer")],
        "extract": [
            Cell(label="Đã đăng ký tại:", text=office, field="issuer"),
            Cell(label="Số lượng bản sao yêu cầu cấp:", text=f"{scene.rng.randint(1, 5):02d} bản"),
        ],
        "status": [
            Cell(label="Tình trạng hôn nhân:", text="Chưa đăng ký kết hôn với ai", field="marital_status"),
            Cell(label="Mục đích yêu cầu:", text="Làm thủ tục mua bán nhà đất", field="purpose"),
        ],
        "parent": [
            name_cell("Đề nghị công nhận người cha:", home.father, "father_name"),
            Cell(label="Ý kiến của người hiện là mẹ hoặc cha:", text=""),
        ],
        "change": [
            Cell(label="Nội dung đề nghị:", text="Bổ sung quê quán trong giấy khai sinh", field="request"),
            Cell(label="Lý do:", text="Trước đây ghi thiếu", field="reason"),
        ],
        "record": [
            Cell(label="Yêu cầu cấp Phiếu lý lịch tư pháp số:", text=str(scene.rng.randint(1, 2))),
            Cell(label="Mục đích yêu cầu:", text="Bổ sung hồ sơ xin việc", field="purpose"),
            Cell(label="Thông tin về án tích (nếu có):", text="", field="convictions"),
        ],
        "aid": [
            Cell(label="Thuộc đối tượng:", text="Trẻ em dưới 3 tuổi thuộc hộ nghèo"),
            Cell(label="Thông tin tài khoản nhận trợ cấp:", text="", field="account_number"),
        ],
    }[about]
    return rows


def _death(scene: Scene, dead: Person) -> Rows:
    died = scene.before(8)
    return (
        Cell(label="Quan hệ với người đã chết:", text="Vợ"),
        "Đề nghị đăng ký khai tử cho người có tên dưới đây:",
        name_cell("Họ, chữ đệm, tên:", dead),
        (
            date_cell("Ngày, tháng, năm sinh:", dead.born),
            Cell(label="Giới tính:", text=dead.sex, field="sex"),
        ),
        Cell(label="Giấy tờ tùy thân:", text=identity_paper(dead)),
        Cell(label="Nơi cư trú cuối cùng:", text=dead.home.text, field="residence"),
        date_cell("Đã chết vào lúc 05 giờ 20 phút, ngày", died, "death_date"),
        Cell(label="Nơi chết:", text=dead.home.text, field="place_of_death"),
        Cell(label="Nguyên nhân chết:", text="Bệnh lý tuổi già", field="cause_of_death"),
    )
