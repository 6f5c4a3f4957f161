"""Household business: request, certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samples.generator.canvas import Canvas
from samples.generator.layout import (
    Cell,
    Column,
    Entry,
    Signer,
    form,
    office_head,
    republic_head,
    sign,
    table,
    title,
)
from samples.generator.papers.birth import identity_paper
from samples.generator.people import Person
from samples.generator.places import Address
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.style import Span, Style
from samples.generator.wording import grouped, number_words, slashed, spoken

_TRADES = (
    ("Bán lẻ lương thực, thực phẩm trong các cửa hàng chuyên doanh", "4722"),
    ("Nhà hàng và các dịch vụ ăn uống phục vụ lưu động", "5610"),
    ("Dịch vụ phục vụ đồ uống", "5630"),
    ("May trang phục (trừ trang phục từ da lông thú)", "1410"),
    ("Sửa chữa mô tô, xe máy", "4542"),
    ("Cắt tóc, làm đầu, gội đầu", "9631"),
)
_WORDS = ("Hạt Thóc", "Sao Sớm", "Mây Trắng", "Bếp Nhỏ", "Chim Sẻ", "Lá Xanh", "Cánh Đồng", "Giọt Nắng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """An invented household business."""

    name: str
    owner: Person
    place: Address
    trades: tuple[tuple[str, str], ...]
    capital: int
    registered: date


def business(scene: Scene, owner: Person, *, registered: date) -> Business:
    """A business with two or three trades at an address in the owner's commune."""
    return Business(
        name=f"HỘ KINH DOANH {scene.rng.choice(_WORDS).upper()} {owner.given.split()[-1].upper()}",
        owner=owner,
        place=scene.gazetteer.address(scene.area),
        trades=tuple(scene.rng.sample(_TRADES, scene.rng.randint(2, 3))),
        capital=scene.rng.randint(5, 60) * 10_000_000,
        registered=registered,
    )


def certificate(scene: Scene, firm: Business) -> Paper:
    """``GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH`` of the commune's economic office."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    short = "XÃ" if not scene.area.is_urban else "PHƯỜNG"
    y = office_head(canvas, look, (f"UBND {short} {scene.area.ward_name.upper()}", "PHÒNG KINH TẾ"))
    y = title(canvas, y + 4, "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", size=15)
    number = Span(text=firm.owner.number, style=look.body.but(bold=True), field="document_number")
    canvas.write(105, y + 2, Span(text="Mã số hộ kinh doanh: ", style=look.body), number, anchor="m")
    day = Span(
        text=spoken(firm.registered),
        style=look.body.but(italic=True),
        field="issue_date",
        value=firm.registered.isoformat(),
    )
    canvas.write(
        105, y + 8.5, Span(text="Đăng ký lần đầu, ", style=look.body.but(italic=True)), day, anchor="m"
    )
    y = _certificate_rows(canvas, look, y + 19, firm)
    signer = Signer(
        over=("TRƯỞNG PHÒNG",),
        hints=("(Ký, ghi rõ họ tên và đóng dấu)",),
        name=scene.population.official(),
        around="PHÒNG KINH TẾ",
        below=scene.area.ward,
    )
    sign(scene, canvas, 150, y + 6, signer)
    return Paper(type_id="gcn_dang_ky_hkd", sheets=[Sheet(canvas=canvas, type_id="gcn_dang_ky_hkd")])


def _certificate_rows(canvas: Canvas, look: Look, y: float, firm: Business) -> float:
    rows = form(canvas, look, has_leaders=False)
    y = rows.row(y, Cell(label="1. Tên hộ kinh doanh:", text=firm.name, field="business_name", bold=True))
    y = rows.row(y, Cell(label="2. Địa điểm kinh doanh:", text=firm.place.text, field="business_address"))
    y = rows.row(
        y,
        Cell(label="Điện thoại:", text=firm.owner.phone, field="phone"),
        Cell(label="Email:", text=firm.owner.email),
    )
    canvas.write(look.left, y, Span(text="3. Ngành, nghề kinh doanh:", style=look.body))
    y = _trades(canvas, look, y + 3, firm) + 7.5
    capital = number_words(firm.capital)
    y = rows.row(y, Cell(label="4. Vốn kinh doanh:", text=f"{grouped(firm.capital)} đồng"))
    y = rows.row(y, Cell(label="(bằng chữ:", text=f"{capital[0].upper()}{capital[1:]} đồng)"))
    owner = firm.owner
    y = rows.row(
        y,
        Cell(
            label="5. Họ, chữ đệm và tên chủ hộ:",
            text=owner.upper,
            field="person_name",
            value=owner.name,
            bold=True,
        ),
    )
    y = rows.row(
        y,
        Cell(
            label="Ngày, tháng, năm sinh:",
            text=slashed(owner.born),
            field="birth_date",
            value=owner.born.isoformat(),
            share=0.5,
        ),
        Cell(label="Giới tính:", text=owner.sex, field="sex", share=0.25),
        Cell(label="Dân tộc:", text=owner.ethnicity, share=0.25),
    )
    y = rows.row(y, Cell(label="Số định danh cá nhân:", text=owner.number, field="personal_number"))
    return rows.row(y, Cell(label="Nơi thường trú:", text=owner.home.text, field="residence"))


def _trades(canvas: Canvas, look: Look, y: float, firm: Business) -> float:
    columns = (
        Column(head="STT", width=14, align="centre"),
        Column(head="Tên ngành", width=look.width - 44),
        Column(head="Mã ngành", width=30, align="centre"),
    )
    body = [
        [Entry(text=str(number)), Entry(text=name), Entry(text=code)]
        for number, (name, code) in enumerate(firm.trades, start=1)
    ]
    return table(canvas, look.left, y, columns, body, Style(size=12))


def request(scene: Scene, firm: Business) -> Paper:
    """``GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH`` of a household."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    y = republic_head(canvas, look)
    day = Span(text=f"{scene.city}, {spoken(scene.today)}", style=look.body.but(italic=True))
    canvas.write(210 - look.right, y - 2, day, anchor="r")
    y = title(canvas, y + 8, "GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH", size=14.5)
    to = f"Kính gửi: Phòng Kinh tế {scene.area.ward[0].lower()}{scene.area.ward[1:]}"
    canvas.write(105, y + 2, Span(text=to, style=look.body), anchor="m")
    rows = form(canvas, look)
    owner = firm.owner
    y = rows.row(y + 11, Cell(label="Tôi là:", text=owner.upper, field="person_name", value=owner.name))
    y = rows.row(
        y,
        Cell(label="Ngày sinh:", text=slashed(owner.born), field="birth_date", value=owner.born.isoformat()),
        Cell(label="Giới tính:", text=owner.sex, field="sex"),
    )
    y = rows.row(y, Cell(label="Giấy tờ tùy thân:", text=identity_paper(owner)))
    y = rows.row(y, Cell(label="Nơi thường trú:", text=owner.home.text, field="residence"))
    asks = "Đề nghị đăng ký hộ kinh doanh do tôi là chủ hộ với các nội dung sau:"
    canvas.write(look.left, y, Span(text=asks, style=look.body.but(bold=True)))
    y = rows.row(y + look.leading, Cell(label="1. Tên hộ kinh doanh:", text=firm.name, field="business_name"))
    y = rows.row(y, Cell(label="2. Địa điểm kinh doanh:", text=firm.place.text, field="business_address"))
    canvas.write(look.left, y, Span(text="3. Ngành, nghề kinh doanh:", style=look.body))
    y = _trades(canvas, look, y + 3, firm) + 7.5
    y = rows.row(y, Cell(label="4. Vốn kinh doanh:", text=f"{grouped(firm.capital)} đồng"))
    oath = (
        "Tôi cam kết chịu trách nhiệm trước pháp luật về tính hợp pháp, chính xác của nội dung đăng ký trên."
    )
    y = canvas.paragraph(
        look.left, y + 1, look.width, [Span(text=oath, style=look.body)], leading=look.leading, indent=8
    )
    signer = Signer(over=("CHỦ HỘ KINH DOANH",), hints=("(Ký, ghi rõ họ tên)",), name=owner.name, field="")
    sign(scene, canvas, 150, y + 6, signer, room=22)
    return Paper(type_id="giay_de_nghi_hkd", sheets=[Sheet(canvas=canvas, type_id="giay_de_nghi_hkd")])
