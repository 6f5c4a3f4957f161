"""The land use right certificate (four pages) and the land change form."""

from __future__ import annotations

from dataclasses import replace

from samples.generator.canvas import Canvas, PrintedCell
from samples.generator.layout import Cell, Column, Signer, form, pen, republic_head, sign, table_rows, title
from samples.generator.people import Person
from samples.generator.plots import Plot
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.security_print import drum, emblem, waves
from samples.generator.style import DARK_RED, GOLD, RED, Span, Style
from samples.generator.wording import spoken

_TYPE = "gcn_qsdd"


def certificate(scene: Scene, plot: Plot) -> Paper:
    """``GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT …``: cover with owner, parcel, drawing, later changes."""
    look = replace(scene.look(size=12.6), left=27.0, right=23.0)
    sheets = [
        _cover(scene, look, plot),
        _parcel(scene, look, plot),
        _drawing(scene, look, plot),
        _changes(scene, look, plot),
    ]
    return Paper(type_id=_TYPE, sheets=[Sheet(canvas=sheet, type_id=_TYPE) for sheet in sheets])


def _ground(scene: Scene) -> Canvas:
    canvas = scene.sheet()
    pattern = waves(
        (1240, 1754),
        ((255, 240, 240), (252, 228, 226)),
        ((246, 206, 208), (244, 214, 190)),
        scene.rng,
        pitch=17,
    )
    canvas.picture(pattern, 0, 0, 210)
    canvas.picture(drum(900, (244, 196, 192)), 60, 105, 90)
    return canvas


def _frame(canvas: Canvas) -> None:
    for inset, width in ((11.0, 1.2), (13.2, 0.3)):
        canvas.box((inset, inset, 210 - inset, 297 - inset), width=width, colour=(196, 60, 60))


def _cover(scene: Scene, look: Look, plot: Plot) -> Canvas:
    canvas = _ground(scene)
    _frame(canvas)
    y = republic_head(canvas, look, y=26)
    canvas.picture(emblem(560, GOLD, (200, 34, 40)), 87, y - 2, 36)
    y += 48
    y = title(canvas, y, "GIẤY CHỨNG NHẬN", size=22, colour=RED)
    y = title(canvas, y + 2, "QUYỀN SỬ DỤNG ĐẤT", size=17, colour=RED)
    y = title(canvas, y, "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT", size=13.5, colour=RED)
    heading = Style(size=12.6, bold=True)
    words = "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất"
    canvas.write(look.left, y + 8, Span(text=words, style=canvas.fit(words, heading, look.width)))
    y += 17
    for number, owner in enumerate(plot.owners):
        y = _owner(canvas, look, y, owner, is_first=number == 0)
    serial = Style(size=16, bold=True, colour=RED)
    canvas.write(182, 276, Span(text=plot.serial, style=serial, field="serial_number"), anchor="r")
    return canvas


def _owner(canvas: Canvas, look: Look, y: float, owner: Person, *, is_first: bool) -> float:
    body = look.body
    name = Span(
        text=owner.upper,
        style=body.but(bold=True),
        field="person_name" if is_first else "co_owner_name",
        value=owner.name,
    )
    canvas.write(look.left + 4, y, Span(text=f"{owner.title}: ", style=body), name)
    number = Span(text=owner.number, style=body, field="personal_number" if is_first else "co_owner_number")
    canvas.write(
        look.left + 4,
        y + look.leading,
        Span(text=f"Năm sinh: {owner.born.year}, CCCD số: ", style=body),
        number,
    )
    address = [
        Span(text="Địa chỉ thường trú: ", style=body),
        Span(text=owner.home.text, style=body, field="residence" if is_first else ""),
    ]
    end = canvas.paragraph(
        look.left + 4, y + look.leading * 2, look.width - 4, address, leading=look.leading, align="left"
    )
    return end + 3


def _parcel(scene: Scene, look: Look, plot: Plot) -> Canvas:
    canvas = _ground(scene)
    _frame(canvas)
    y = 28.0
    heading = look.body.but(bold=True)
    canvas.write(
        look.left, y, Span(text="II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", style=heading)
    )
    canvas.write(look.left, y + 9, Span(text="1. Thửa đất:", style=heading))
    y = _parcel_rows(canvas, look, y + 17, plot)
    for label in (
        "2. Nhà ở:",
        "3. Công trình xây dựng khác:",
        "4. Rừng sản xuất là rừng trồng:",
        "5. Cây lâu năm:",
    ):
        canvas.write(look.left, y, Span(text=f"{label} ", style=heading), Span(text="-/-", style=look.body))
        y += look.leading
    canvas.write(look.left, y, Span(text="6. Ghi chú: ", style=heading), Span(text="Không.", style=look.body))
    area = plot.place.area
    issued = Span(
        text=spoken(plot.issued),
        style=look.body.but(italic=True),
        field="issue_date",
        value=plot.issued.isoformat(),
    )
    canvas.write(
        142,
        y + 14,
        Span(text=f"{area.province_name}, ", style=look.body.but(italic=True)),
        issued,
        anchor="m",
    )
    office = f"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG {area.province.upper()}"
    signer = Signer(
        over=(office, "GIÁM ĐỐC"), name=plot.signer, around="SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", below=area.province
    )
    sign(scene, canvas, 142, y + 21, signer, room=30)
    book = Span(text=plot.book, style=look.body.but(bold=True), field="document_number")
    canvas.write(look.left, 272, Span(text="Số vào sổ cấp GCN: ", style=look.body), book)
    return canvas


def _parcel_rows(canvas: Canvas, look: Look, y: float, plot: Plot) -> float:
    rows = form(canvas, look, has_leaders=False)
    y = rows.row(
        y,
        Cell(label="a) Thửa đất số:", text=plot.parcel, field="parcel_number"),
        Cell(label="tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
    )
    y = rows.row(y, Cell(label="b) Địa chỉ:", text=plot.place.text, field="parcel_address"))
    y = rows.row(y, Cell(label="c) Diện tích:", text=f"{plot.area} m²", field="area", value=plot.area_value))
    y = rows.row(y, Cell(label="(bằng chữ:", text=f"{plot.area_words})"))
    y = rows.row(y, Cell(label="d) Hình thức sử dụng:", text="Sử dụng riêng"))
    y = rows.row(
        y,
        Cell(
            label="đ) Mục đích sử dụng:",
            text="Đất ở" + (" tại đô thị" if plot.place.area.is_urban else " tại nông thôn"),
        ),
    )
    y = rows.row(y, Cell(label="e) Thời hạn sử dụng:", text="Lâu dài"))
    return (
        rows.row(y, Cell(label="g) Nguồn gốc sử dụng:", text="Nhà nước giao đất có thu tiền sử dụng đất")) + 3
    )


def _drawing(scene: Scene, look: Look, plot: Plot) -> Canvas:
    canvas = _ground(scene)
    _frame(canvas)
    heading = look.body.but(bold=True)
    words = "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất"
    canvas.write(look.left, 28, Span(text=words, style=heading))
    _outline(scene, canvas, plot)
    words = "IV. Những thay đổi sau khi cấp giấy chứng nhận"
    canvas.write(look.left, 176, Span(text=words, style=heading))
    _change_table(canvas, look, 181, bottom=272)
    return canvas


def _outline(scene: Scene, canvas: Canvas, plot: Plot) -> None:
    rng = scene.rng
    corners = [
        (70 + rng.uniform(-8, 8), 62 + rng.uniform(-6, 6)),
        (134 + rng.uniform(-8, 8), 66 + rng.uniform(-6, 6)),
        (140 + rng.uniform(-8, 8), 142 + rng.uniform(-6, 6)),
        (74 + rng.uniform(-8, 8), 138 + rng.uniform(-6, 6)),
    ]
    small = Style(size=10.5)
    for number, (x, y) in enumerate(corners):
        x1, y1 = corners[(number + 1) % 4]
        canvas.rule(x, y, x1, y1, width=0.4)
        away = 1 if number in (1, 2) else -1
        label = f"{rng.randint(500, 2400) / 100:.2f}".replace(".", ",")
        centre = (
            (x + x1) / 2 + (9 * away if number % 2 else 0),
            (y + y1) / 2 + (0 if number % 2 else 6 * away - 1),
        )
        canvas.write(centre[0], centre[1], Span(text=label, style=small), anchor="m")
        canvas.write(
            x + (4 if number in (1, 2) else -4),
            y + (5 if number > 1 else -2),
            Span(text=str(number + 1), style=small),
            anchor="m",
        )
    middle = (sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4)
    canvas.write(*middle, Span(text=plot.parcel, style=Style(size=14, bold=True)), anchor="m")
    canvas.rule(middle[0] - 12, middle[1] + 2.4, middle[0] + 12, middle[1] + 2.4, width=0.25)
    canvas.write(middle[0], middle[1] + 8, Span(text=plot.area, style=Style(size=13)), anchor="m")
    canvas.rule(172, 60, 172, 44, width=0.4)
    canvas.rule(172, 44, 169.5, 50, width=0.4)
    canvas.rule(172, 44, 174.5, 50, width=0.4)
    canvas.write(172, 41, Span(text="B", style=Style(size=13, bold=True)), anchor="m")
    canvas.write(105, 164, Span(text="Tỷ lệ 1/500", style=Style(size=11.5, italic=True)), anchor="m")


def _change_table(canvas: Canvas, look: Look, top: float, *, bottom: float) -> None:
    columns = (
        Column(head="Nội dung thay đổi và cơ sở pháp lý", width=look.width * 0.6),
        Column(head="Xác nhận của cơ quan có thẩm quyền", width=look.width * 0.4),
    )
    cells = table_rows(canvas, look.left, top, columns, [], Style(size=12))
    for number, cell in enumerate(tuple(cells)):
        left, _top, right, y = cell.area
        canvas.box((left, y, right, bottom))
        cells.append(PrintedCell(row=1, column=number, text="", area=(left, y, right, bottom)))
    canvas.note_table(cells)


def _changes(scene: Scene, look: Look, plot: Plot) -> Canvas:
    canvas = _ground(scene)
    _frame(canvas)
    _change_table(canvas, look, 22, bottom=214)
    heading = Style(size=11.5, bold=True, colour=DARK_RED)
    canvas.write(105, 226, Span(text="Người được cấp Giấy chứng nhận cần chú ý:", style=heading), anchor="m")
    text = (
        "Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung "
        "nào trong Giấy "
        "chứng nhận; khi bị mất hoặc hư hỏng Giấy chứng nhận phải khai báo ngay với cơ quan cấp giấy."
    )
    span = Span(text=text, style=Style(size=11.5, italic=True))
    canvas.paragraph(look.left, 233, look.width, [span], leading=5.6, indent=6)
    serial = Style(size=12, bold=True, colour=RED)
    canvas.write(182, 276, Span(text=plot.serial, style=serial, field="serial_number"), anchor="r")
    return canvas


def change_request(scene: Scene, plot: Plot, applicant: Person, what: str, papers: tuple[str, ...]) -> Paper:
    """``ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT`` (Mẫu số 18)."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    canvas.write(
        210 - look.right, look.top - 6, Span(text="Mẫu số 18", style=Style(size=11.5, bold=True)), anchor="r"
    )
    y = republic_head(canvas, look, y=look.top + 2)
    y = title(canvas, y, "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI,", "TÀI SẢN GẮN LIỀN VỚI ĐẤT", size=14.5)
    to = f"Kính gửi: Chi nhánh Văn phòng đăng ký đất đai khu vực {scene.area.ward_name}"
    canvas.write(105, y + 2, Span(text=to, style=look.body), anchor="m")
    y = _request_rows(canvas, look, y + 11, plot, applicant, what)
    canvas.write(
        look.left,
        y,
        Span(text="4. Giấy tờ liên quan đến nội dung thay đổi nộp kèm theo đơn này có:", style=look.body),
    )
    rows = form(canvas, look, fill=pen(look))
    for number, paper in enumerate(papers, start=1):
        y = rows.row(y + look.leading, Cell(label=f"({number})", text=paper)) - look.leading
    oath = "Cam đoan nội dung kê khai trên đơn là đúng sự thật và chịu trách nhiệm trước pháp luật."
    y = canvas.paragraph(
        look.left,
        y + look.leading + 1,
        look.width,
        [Span(text=oath, style=look.body)],
        leading=look.leading,
        indent=8,
    )
    day = Span(text=f"{scene.city}, {spoken(scene.today)}", style=look.body.but(italic=True))
    canvas.write(150, y + 3, day, anchor="m")
    signer = Signer(
        over=("NGƯỜI VIẾT ĐƠN",),
        hints=("(Ký, ghi rõ họ tên và đóng dấu nếu có)",),
        name=applicant.name,
        field="",
    )
    sign(scene, canvas, 150, y + 9, signer, room=22)
    kind = "don_dang_ky_bien_dong"
    return Paper(type_id=kind, sheets=[Sheet(canvas=canvas, type_id=kind)])


def _request_rows(canvas: Canvas, look: Look, y: float, plot: Plot, applicant: Person, what: str) -> float:
    rows = form(canvas, look, fill=pen(look))
    heading = "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:"
    canvas.write(look.left, y, Span(text=heading, style=look.body))
    y = rows.row(
        y + look.leading,
        Cell(label="a) Tên:", text=applicant.upper, field="person_name", value=applicant.name),
    )
    y = rows.row(
        y, Cell(label="b) Giấy tờ nhân thân/pháp nhân số:", text=applicant.number, field="personal_number")
    )
    y = rows.row(y, Cell(label="c) Địa chỉ:", text=applicant.home.text, field="residence"))
    y = rows.row(
        y,
        Cell(label="d) Điện thoại liên hệ:", text=applicant.phone, field="phone"),
        Cell(label="Email:", text=applicant.email),
    )
    y = rows.row(y, Cell(label="2. Nội dung biến động:", text=what))
    y = rows.row(
        y,
        Cell(label="Thửa đất số:", text=plot.parcel, field="parcel_number"),
        Cell(label="tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
        Cell(label="diện tích:", text=f"{plot.area} m²", field="area", value=plot.area_value),
    )
    y = rows.row(y, Cell(label="Số phát hành GCN:", text=plot.serial, field="serial_number"))
    return rows.row(
        y, Cell(label="3. Lý do biến động:", text=f"Chuyển quyền sử dụng đất; người cũ: {identity(plot)}")
    )


def identity(plot: Plot) -> str:
    """How the old owners are named in a form."""
    return " và ".join(f"{owner.title.lower()} {owner.name}" for owner in plot.owners)
