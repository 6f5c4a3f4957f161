"""The registration fee declaration for houses and land (01/LPTB): bracketed numbers before the labels."""

from __future__ import annotations

from samples.generator.canvas import Canvas
from samples.generator.layout import Cell, Column, Entry, Signer, form, pen, republic_head, sign, table, title
from samples.generator.people import Person
from samples.generator.plots import Plot
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.style import Span, Style
from samples.generator.wording import slashed, spoken


def fee_declaration(scene: Scene, plot: Plot, payer: Person) -> Paper:
    """``TỜ KHAI LỆ PHÍ TRƯỚC BẠ (Áp dụng đối với nhà, đất)``."""
    canvas, look = scene.sheet(), scene.look(size=12.2)
    _form_code(canvas, look)
    y = republic_head(canvas, look, y=look.top + 13)
    y = title(canvas, y, "TỜ KHAI LỆ PHÍ TRƯỚC BẠ", size=14.5)
    y = title(canvas, y, "(Áp dụng đối với nhà, đất)", size=12.5)
    y = _payer_rows(canvas, look, y + 3, payer)
    heading = look.body.but(bold=True)
    canvas.write(look.left, y, Span(text="ĐẶC ĐIỂM NHÀ ĐẤT:", style=heading))
    y = _land_rows(canvas, look, y + look.leading, plot)
    canvas.write(look.left, y, Span(text="5. Đồng chủ sở hữu (nếu có):", style=look.body))
    columns = (
        Column(head="STT", width=14, align="centre"),
        Column(head="Tên tổ chức/cá nhân", width=look.width - 94),
        Column(head="Mã số thuế", width=44, align="centre"),
        Column(head="Tỷ lệ sở hữu (%)", width=36, align="centre"),
    )
    y = table(canvas, look.left, y + 3, columns, [[Entry(text="")] * 4], Style(size=11.5)) + 7
    oath = "Tôi cam đoan số liệu khai trên là đúng và chịu trách nhiệm trước pháp luật về số liệu đã khai."
    y = canvas.paragraph(look.left, y, look.width, [Span(text=oath, style=look.body)], leading=6.2, indent=8)
    day = Span(text=f"{scene.city}, {spoken(scene.today)}", style=look.body.but(italic=True))
    canvas.write(150, y + 2, day, anchor="m")
    signer = Signer(over=("NGƯỜI NỘP THUẾ",), hints=("(Ký, ghi rõ họ tên)",), name=payer.name, field="")
    sign(scene, canvas, 150, y + 8, signer, room=19)
    kind = "to_khai_le_phi_truoc_ba"
    return Paper(type_id=kind, sheets=[Sheet(canvas=canvas, type_id=kind)])


def _form_code(canvas: Canvas, look: Look) -> None:
    right = 210 - look.right
    lines = (
        ("Mẫu số: 01/LPTB", True),
        ("(Kèm theo Thông tư số 89/2026/TT-BTC", False),
        ("ngày 30/6/2026)", False),
    )
    canvas.box((right - 68, look.top - 10, right, look.top + 5), width=0.3)
    for number, (text, is_bold) in enumerate(lines):
        style = Style(size=9.8, bold=is_bold, italic=not is_bold)
        canvas.write(right - 34, look.top - 5.6 + number * 4.4, Span(text=text, style=style), anchor="m")


def _payer_rows(canvas: Canvas, look: Look, y: float, payer: Person) -> float:
    rows = form(canvas, look, fill=pen(look))
    y = rows.row(
        y,
        Cell(label="[01] Kỳ tính thuế: Theo từng lần phát sinh", text="", share=0.6),
        Cell(label="[02] Lần đầu:", text="X", share=0.22),
        Cell(label="[03] Bổ sung:", text="", share=0.18),
    )
    y = rows.row(
        y, Cell(label="[04] Người nộp thuế:", text=payer.upper, field="person_name", value=payer.name)
    )
    y = rows.row(
        y,
        Cell(
            label="[05] Ngày, tháng, năm sinh:",
            text=slashed(payer.born),
            field="birth_date",
            value=payer.born.isoformat(),
        ),
    )
    y = rows.row(y, Cell(label="[06] Mã số thuế:", text=payer.number, field="tax_number"))
    y = rows.row(y, Cell(label="[07] Số định danh/hộ chiếu:", text=payer.number, field="personal_number"))
    y = rows.row(y, Cell(label="[08] Địa chỉ:", text=payer.home.street))
    return rows.row(
        y,
        Cell(label="[09] Xã/phường/đặc khu:", text=payer.home.area.ward),
        Cell(label="[10] Tỉnh/thành phố:", text=payer.home.area.province),
    )


def _land_rows(canvas: Canvas, look: Look, y: float, plot: Plot) -> float:
    rows = form(canvas, look, fill=pen(look))
    canvas.write(look.left, y, Span(text="1. Đất", style=look.body.but(bold=True)))
    y = rows.row(
        y + look.leading,
        Cell(label="1.1. Thửa đất số:", text=plot.parcel, field="parcel_number"),
        Cell(label="Tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
    )
    y = rows.row(y, Cell(label="1.2. Địa chỉ thửa đất:", text=plot.place.text))
    y = rows.row(y, Cell(label="1.3. Vị trí thửa đất:", text="Vị trí 2"))
    y = rows.row(y, Cell(label="1.4. Mục đích sử dụng đất:", text="Đất ở"))
    y = rows.row(y, Cell(label="1.5. Diện tích (m²):", text=plot.area, field="area", value=plot.area_value))
    y = rows.row(y, Cell(label="1.6. Nguồn gốc nhà đất:", text="Nhận chuyển nhượng"))
    y = rows.row(
        y, Cell(label="1.7. Giấy tờ về quyền sử dụng đất, số:", text=plot.serial, field="serial_number")
    )
    canvas.write(
        look.left,
        y,
        Span(text="2. Nhà: ", style=look.body.but(bold=True)),
        Span(text="không có", style=pen(look)),
    )
    return y + look.leading
