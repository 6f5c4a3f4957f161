"""Land papers in other forms: the red certificate, the two-page certificate, tax forms, an older change form.

Form numbers and headings: domain facts, section 4, rows 20, 23 and 24. The two-page certificate and the
labels of the tax forms are from memory, unverified.
"""

from __future__ import annotations

from dataclasses import replace

from samples.generator.canvas import Canvas
from samples.generator.layout import Cell, Signer, form, pen, republic_head, sign, title
from samples.generator.papers.frame import Rows, applicant_signs, date_cell, name_cell, print_rows, single
from samples.generator.people import Person
from samples.generator.plots import Plot
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.security_print import drum, emblem, waves
from samples.generator.style import GOLD, RED, Span, Style
from samples.generator.wording import grouped, spoken

_TYPE = "gcn_qsdd"


def red_book(scene: Scene, plot: Plot) -> Paper:
    """The older certificate: red cover with gold emblem, yellowish inner pages."""
    look = replace(scene.look(size=12.4), left=24.0, right=20.0)
    sheets = [_red_cover(scene), _owners(scene, look, plot), _parcel(scene, look, plot)]
    return Paper(type_id=_TYPE, sheets=[Sheet(canvas=each, type_id=_TYPE) for each in sheets])


def _red_cover(scene: Scene) -> Canvas:
    canvas = scene.sheet((172, 26, 34))
    gold = Style(size=14, bold=True, colour=(240, 206, 110))
    for y, text in ((40, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (48, "Độc lập - Tự do - Hạnh phúc")):
        canvas.write(105, y, Span(text=text, style=gold), anchor="m")
    canvas.picture(emblem(620, GOLD, (140, 16, 24)), 80, 68, 50)
    lines = ("GIẤY CHỨNG NHẬN", "QUYỀN SỞ HỮU NHÀ Ở VÀ", "QUYỀN SỬ DỤNG ĐẤT Ở")
    if scene.rng.random() < 0.5:
        lines = ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT", "")
    for number, line in enumerate(lines):
        style = gold.but(size=26 if number == 0 else 18)
        canvas.write(105, 150 + 14 * number, Span(text=line, style=style), anchor="m")
    return canvas


def _yellow(scene: Scene) -> Canvas:
    canvas = scene.sheet()
    ground = ((255, 250, 226), (252, 244, 208))
    canvas.picture(
        waves((1240, 1754), ground, ((240, 224, 168), (236, 230, 190)), scene.rng, pitch=16), 0, 0, 210
    )
    canvas.picture(drum(900, (240, 222, 160)), 60, 105, 90)
    return canvas


def _owners(scene: Scene, look: Look, plot: Plot) -> Canvas:
    canvas = _yellow(scene)
    y = title(canvas, 32, "ỦY BAN NHÂN DÂN", plot.place.area.province.upper(), size=14)
    y = title(canvas, y + 6, "CHỨNG NHẬN", size=17, colour=RED)
    rows = form(canvas, look)
    cells: list[Cell | tuple[Cell, ...] | str] = ["I. Người sử dụng đất"]
    for number, owner in enumerate(plot.owners):
        key = "" if number else "personal_number"
        cells.append(
            name_cell(f"{owner.title}:", owner, "co_owner_name" if number else "person_name", bold=True)
        )
        cells.append(
            (
                Cell(label="Năm sinh:", text=str(owner.born.year), share=0.4),
                Cell(label="CMND/CCCD số:", text=owner.number, field=key, share=0.6),
            )
        )
    cells.append(Cell(label="Địa chỉ thường trú:", text=plot.owners[0].home.text, field="residence"))
    print_rows(rows, y + 8, cells)
    serial = Style(size=15, bold=True, colour=RED)
    canvas.write(182, 278, Span(text=plot.serial, style=serial, field="serial_number"), anchor="r")
    return canvas


def _parcel(scene: Scene, look: Look, plot: Plot) -> Canvas:
    canvas = _yellow(scene)
    rows = form(canvas, look)
    y = print_rows(
        rows,
        30,
        (
            "II. Thửa đất được quyền sử dụng",
            (
                Cell(label="1. Thửa đất số:", text=plot.parcel, field="parcel_number"),
                Cell(label="2. Tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
            ),
            Cell(label="3. Địa chỉ thửa đất:", text=plot.place.text, field="parcel_address"),
            Cell(label="4. Diện tích:", text=f"{plot.area} m²", field="area", value=plot.area_value),
            Cell(label="Bằng chữ:", text=plot.area_words),
            Cell(label="5. Hình thức sử dụng:", text="Riêng"),
            Cell(label="6. Mục đích sử dụng đất:", text="Đất ở"),
            Cell(label="7. Thời hạn sử dụng đất:", text="Lâu dài"),
            Cell(label="8. Nguồn gốc sử dụng đất:", text="Công nhận quyền sử dụng đất"),
            Cell(label="III. Tài sản gắn liền với đất:", text="-/-"),
            Cell(label="IV. Ghi chú:", text="Không"),
        ),
    )
    area = plot.place.area
    body = look.body.but(italic=True)
    issued = Span(text=spoken(plot.issued), style=body, field="issue_date", value=plot.issued.isoformat())
    canvas.write(142, y + 8, Span(text=f"{area.province_name}, ", style=body), issued, anchor="m")
    signer = Signer(
        over=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        name=plot.signer,
        around="ỦY BAN NHÂN DÂN",
        below=area.province,
    )
    sign(scene, canvas, 142, y + 15, signer)
    book = Span(text=plot.book, style=look.body.but(bold=True), field="document_number")
    canvas.write(
        look.left, 274, Span(text="Số vào sổ cấp giấy chứng nhận quyền sử dụng đất: ", style=look.body), book
    )
    return canvas


def two_page(scene: Scene, plot: Plot) -> Paper:
    """The newer certificate of two pages with a code in the corner."""
    look = replace(scene.look(size=12.2), left=22.0, right=20.0)
    front, back = _pink(scene), _pink(scene)
    letters, digits = plot.serial.split()
    serial = f"{letters} {digits}{scene.serial(2)}"
    front.qr(f"{serial}|{plot.book}|{plot.parcel}|{plot.map_sheet}", 168, 14, 22)
    y = republic_head(front, look, y=24, centre=92)
    front.picture(emblem(360, GOLD, (200, 34, 40)), 80, y - 4, 24)
    y = title(front, y + 30, "GIẤY CHỨNG NHẬN", size=20, colour=RED)
    y = title(front, y, "QUYỀN SỬ DỤNG ĐẤT,", "QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT", size=14, colour=RED)
    rows = form(front, look, has_leaders=False)
    owner = plot.owners[0]
    y = print_rows(
        rows,
        y + 4,
        _two_page_rows(plot, owner),
    )
    day = Span(
        text=spoken(plot.issued),
        style=look.body.but(italic=True),
        field="issue_date",
        value=plot.issued.isoformat(),
    )
    front.write(145, y + 4, day, anchor="m")
    office = f"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {plot.place.area.province.upper()}"
    sign(
        scene,
        front,
        145,
        y + 10,
        Signer(
            over=(office, "GIÁM ĐỐC"),
            name=plot.signer,
            around="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
            below=plot.place.area.province,
        ),
        room=27,
    )
    front.write(
        188,
        282,
        Span(text=serial, style=Style(size=14, bold=True, colour=RED), field="serial_number"),
        anchor="r",
    )
    _two_page_back(back, look, plot)
    return Paper(type_id=_TYPE, sheets=[Sheet(canvas=each, type_id=_TYPE) for each in (front, back)])


def _two_page_back(back: Canvas, look: Look, plot: Plot) -> None:
    body = look.body
    for y_back, words in (
        (24.0, "4. Sơ đồ thửa đất, tài sản gắn liền với đất:"),
        (150.0, "5. Ghi chú: Không"),
        (162.0, "6. Những thay đổi sau khi cấp Giấy chứng nhận:"),
    ):
        back.write(look.left, y_back, Span(text=words, style=body.but(bold=True)))
    back.box((60, 44, 140, 128), width=0.4)
    back.write(100, 86, Span(text=plot.parcel, style=body.but(bold=True)), anchor="m")
    back.write(100, 94, Span(text=plot.area, style=body), anchor="m")
    back.box((look.left, 168, 190, 260), width=0.3)
    back.write(
        look.left,
        276,
        Span(text="Số vào sổ cấp GCN: ", style=body),
        Span(text=plot.book, style=body.but(bold=True), field="document_number"),
    )


def _pink(scene: Scene) -> Canvas:
    canvas = scene.sheet()
    ground = ((255, 240, 244), (252, 230, 236))
    canvas.picture(
        waves((1240, 1754), ground, ((244, 206, 218), (246, 218, 206)), scene.rng, pitch=15), 0, 0, 210
    )
    canvas.box((9, 9, 201, 288), width=0.9, colour=(206, 90, 110))
    return canvas


def _tax_head(canvas: Canvas, look: Look, code: str, lines: tuple[str, ...]) -> float:
    right = 210 - look.right
    canvas.box((right - 56, look.top - 10, right, look.top), width=0.3)
    canvas.write(
        right - 28, look.top - 4, Span(text=f"Mẫu số: {code}", style=Style(size=10.5, bold=True)), anchor="m"
    )
    y = republic_head(canvas, look, y=look.top + 9)
    return title(canvas, y, *lines, size=14)


def income_tax(scene: Scene, plot: Plot, buyer: Person) -> Paper:
    """``03/BĐS-TNCN``: income tax on the transfer of real estate."""
    canvas, look = scene.sheet(), scene.look(size=12.0)
    seller = plot.owners[0]
    y = _tax_head(canvas, look, "03/BĐS-TNCN", ("TỜ KHAI THUẾ THU NHẬP CÁ NHÂN",))
    words = "(Áp dụng đối với cá nhân có thu nhập từ chuyển nhượng bất động sản)"
    canvas.write(105, y, Span(text=words, style=look.body.but(italic=True)), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    price = scene.rng.randint(60, 480) * 10_000_000
    y = print_rows(
        rows,
        y + 9,
        (
            (
                Cell(
                    label="[01] Kỳ tính thuế: Lần phát sinh ngày", text=f"{scene.today:%d/%m/%Y}", share=0.7
                ),
                Cell(label="[02] Lần đầu:", text="X", share=0.3),
            ),
            "I. THÔNG TIN NGƯỜI CHUYỂN NHƯỢNG",
            name_cell("[04] Người nộp thuế:", seller),
            Cell(label="[05] Mã số thuế:", text=seller.number, field="tax_number"),
            Cell(label="[06] Số định danh/hộ chiếu:", text=seller.number, field="personal_number"),
            Cell(label="[07] Địa chỉ:", text=seller.home.text, field="residence"),
            Cell(label="[08] Tên đại lý thuế (nếu có):", text="", field="tax_agent_name"),
            "II. THÔNG TIN NGƯỜI NHẬN CHUYỂN NHƯỢNG",
            name_cell("[17] Họ và tên:", buyer, "transferee_name"),
            Cell(label="[18] Mã số thuế:", text=buyer.number, field="transferee_tax_number"),
            "III. LOẠI BẤT ĐỘNG SẢN CHUYỂN NHƯỢNG",
            (
                Cell(label="[23] Thửa đất số:", text=plot.parcel, field="parcel_number"),
                Cell(label="Tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
            ),
            Cell(label="[24] Diện tích đất (m²):", text=plot.area, field="area", value=plot.area_value),
            Cell(
                label="[30] Giá trị chuyển nhượng (đồng):",
                text=grouped(price),
                field="price",
                value=str(price),
            ),
            Cell(
                label="[31] Số thuế phải nộp (2%):",
                text=grouped(price // 50),
                field="tax_due",
                value=str(price // 50),
            ),
        ),
    )
    applicant_signs(scene, canvas, y + 2, "NGƯỜI NỘP THUẾ", seller)
    return single(canvas, "to_khai_thue_dat")


def land_tax(scene: Scene, plot: Plot) -> Paper:
    """``04/TK-SDDPNN``: tax on non-agricultural land."""
    canvas, look = scene.sheet(), scene.look(size=12.0)
    owner = plot.owners[0]
    lines = ("TỜ KHAI THUẾ SỬ DỤNG ĐẤT PHI NÔNG NGHIỆP",)
    y = _tax_head(canvas, look, "04/TK-SDDPNN", lines)
    rows = form(canvas, look, fill=pen(look))
    y = print_rows(
        rows,
        y + 8,
        (
            (
                Cell(label="[01] Kỳ tính thuế: Năm", text=str(scene.today.year), share=0.5),
                Cell(label="[02] Lần đầu:", text="X", share=0.25),
                Cell(label="[03] Bổ sung:", text="", share=0.25),
            ),
            "I. PHẦN NGƯỜI NỘP THUẾ TỰ KHAI",
            name_cell("[04] Người nộp thuế:", owner),
            (
                date_cell("[05] Ngày sinh:", owner.born),
                Cell(label="[06] Mã số thuế:", text=owner.number, field="tax_number"),
            ),
            Cell(label="[07] Số định danh/hộ chiếu:", text=owner.number, field="personal_number"),
            Cell(label="[08] Địa chỉ nhận thông báo thuế:", text=owner.home.text, field="residence"),
            Cell(label="[09] Điện thoại:", text=owner.phone, field="phone"),
            "Thửa đất chịu thuế",
            Cell(label="[10] Địa chỉ thửa đất:", text=plot.place.text, field="parcel_address"),
            (
                Cell(label="[11] Thửa đất số:", text=plot.parcel, field="parcel_number"),
                Cell(label="[12] Tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
            ),
            Cell(label="[13] Giấy chứng nhận số:", text=plot.serial, field="serial_number"),
            Cell(label="[14] Diện tích (m²):", text=plot.area, field="area", value=plot.area_value),
            Cell(label="[15] Trường hợp miễn, giảm thuế:", text="", field="tax_exemption"),
            "II. PHẦN XÁC ĐỊNH CỦA CƠ QUAN CHỨC NĂNG",
            Cell(label="Cơ quan thuế xác nhận:", text=""),
        ),
    )
    applicant_signs(scene, canvas, y + 2, "NGƯỜI NỘP THUẾ", owner)
    return single(canvas, "to_khai_thue_dat")


def older_change_form(scene: Scene, plot: Plot, applicant: Person) -> Paper:
    """``ĐƠN ĐĂNG KÝ BIẾN ĐỘNG …`` as Mẫu số 14/ĐK, 11/ĐK or 09/ĐK."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    code = f"Mẫu số {scene.rng.choice(('14', '11', '09'))}/ĐK"
    canvas.write(
        210 - look.right, look.top - 6, Span(text=code, style=Style(size=11.5, bold=True)), anchor="r"
    )
    y = republic_head(canvas, look, y=look.top + 2)
    y = title(canvas, y, "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG", "ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", size=14)
    to = f"Kính gửi: Văn phòng đăng ký đất đai {scene.area.province}"
    canvas.write(105, y + 2, Span(text=to, style=look.body), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    y = print_rows(
        rows,
        y + 12,
        (
            "I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ",
            "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất",
            name_cell("1.1. Tên:", applicant),
            Cell(label="1.2. Địa chỉ:", text=applicant.home.text, field="residence"),
            "2. Giấy chứng nhận đã cấp",
            (
                Cell(label="2.1. Số vào sổ cấp GCN:", text=plot.book),
                Cell(label="2.2. Số phát hành GCN:", text=plot.serial, field="serial_number"),
            ),
            Cell(label="3. Nội dung biến động về:", text="Nhận tặng cho quyền sử dụng đất"),
            (
                Cell(label="Thửa đất số:", text=plot.parcel, field="parcel_number"),
                Cell(label="Tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
            ),
            Cell(label="4. Lý do biến động:", text="Bố mẹ tặng cho con"),
            Cell(label="5. Tình hình thực hiện nghĩa vụ tài chính:", text=""),
            Cell(
                label="6. Giấy tờ liên quan đến nội dung thay đổi nộp kèm theo:",
                text="Hợp đồng tặng cho, giấy chứng nhận",
            ),
        ),
    )
    applicant_signs(scene, canvas, y + 3, "NGƯỜI VIẾT ĐƠN", applicant)
    return single(canvas, "don_dang_ky_bien_dong")


def _two_page_rows(plot: Plot, owner: Person) -> Rows:
    return (
        "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:",
        name_cell(f"{owner.title}:", owner, bold=True),
        Cell(label="CCCD số:", text=owner.number, field="personal_number"),
        "2. Thông tin thửa đất:",
        (
            Cell(label="a) Thửa đất số:", text=plot.parcel, field="parcel_number"),
            Cell(label="; tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
        ),
        Cell(label="b) Diện tích:", text=f"{plot.area} m²", field="area", value=plot.area_value),
        Cell(label="c) Loại đất:", text="Đất ở"),
        Cell(label="d) Thời hạn sử dụng:", text="Lâu dài"),
        Cell(label="đ) Hình thức sử dụng:", text="Sử dụng riêng"),
        Cell(label="e) Địa chỉ:", text=plot.place.text, field="parcel_address"),
        "3. Thông tin tài sản gắn liền với đất: -/-",
    )
