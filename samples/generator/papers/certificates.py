"""Issued certificates: diploma, school report, enterprise registration, building permit, health, disability.

Titles and labels: domain facts, section 4, rows 25, 28, 30, 32 (from memory, unverified) and the labels of
``classifiers/rules``; ranks, doctors' findings and companies are invented.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from samples.generator.canvas import Canvas
from samples.generator.flow import Flow
from samples.generator.layout import (
    Cell,
    Column,
    Entry,
    Signer,
    form,
    office_head,
    pen,
    republic_head,
    sign,
    table,
    title,
)
from samples.generator.papers.frame import (
    agency_head,
    applicant_signs,
    committee,
    committee_signs,
    date_cell,
    name_cell,
    print_rows,
    single,
)
from samples.generator.people import Person, working_day
from samples.generator.plots import Plot
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.security_print import emblem, portrait, waves
from samples.generator.style import GOLD, RED, Colour, Span, Style
from samples.generator.wording import grouped, number_words, slashed, spoken

_GREEN: Final[Colour] = (70, 130, 110)
_TRADES: Final = (
    ("Bán buôn vật liệu, thiết bị lắp đặt khác trong xây dựng", "4663"),
    ("Vận tải hàng hóa bằng đường bộ", "4933"),
    ("In ấn", "1811"),
    ("Hoạt động tư vấn quản lý", "7020"),
)
_FIRMS: Final = ("HẠT GẠO LÀNG", "MÂY BIẾC", "ĐÈN LỒNG", "CỎ MAY", "SÓNG NHỎ", "NẮNG MAI")


def _framed(
    scene: Scene, size: tuple[float, float], ground: tuple[Colour, Colour], ink: Colour, frame: Colour
) -> Canvas:
    """A sheet with fine lines and a double frame."""
    canvas = Canvas(*size, scene.fonts)
    half = (canvas.image.width // 2, canvas.image.height // 2)
    canvas.picture(waves(half, ground, (ink, ink), scene.rng, pitch=14), 0, 0, size[0])
    for inset, width in ((7.0, 1.6), (9.4, 0.4)):
        canvas.box((inset, inset, size[0] - inset, size[1] - inset), width=width, colour=frame)
    return canvas


def diploma(scene: Scene, person: Person) -> Paper:
    """``BẰNG TỐT NGHIỆP``: two halves, Vietnamese and English, in a gold frame on a lying sheet."""
    canvas = _framed(scene, (270.0, 190.0), ((255, 252, 240), (252, 246, 226)), (240, 226, 184), GOLD)
    rng = scene.rng
    is_school = rng.random() < 0.5
    school = (
        "TRƯỜNG ĐẠI HỌC THỬ NGHIỆM"
        if not is_school
        else f"SỞ GIÁO DỤC VÀ ĐÀO TẠO {scene.area.province_name.upper()}"
    )
    name = "BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG" if is_school else "BẰNG TỐT NGHIỆP ĐẠI HỌC"
    english = "UPPER SECONDARY SCHOOL DIPLOMA" if is_school else "THE DEGREE OF BACHELOR"
    rank, rank_english = rng.choice((("Giỏi", "Very good"), ("Khá", "Good"), ("Trung bình khá", "Ordinary")))
    given = working_day(
        rng, date(person.born.year + 18 + 4 * (not is_school), 6, 20), date(person.born.year + 23, 8, 20)
    )
    canvas.picture(emblem(300, GOLD, (200, 34, 40)), 125, 13, 20)
    _half(
        canvas,
        200.0,
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "GIÁM ĐỐC" if is_school else "HIỆU TRƯỞNG",
            school,
            "cấp",
            name,
        ),
        RED,
    )
    _half(
        canvas,
        70.0,
        (
            "SOCIALIST REPUBLIC OF VIET NAM",
            "Independence - Freedom - Happiness",
            "THE DIRECTOR" if is_school else "THE RECTOR",
            "Department of Education and Training" if is_school else "Sample University",
            "confers",
            english,
        ),
        (60, 60, 90),
    )
    style = Style(size=11.5)
    rows = (
        ("Cho:", person.upper, "person_name", person.name),
        ("Ngày sinh:", slashed(person.born), "birth_date", person.born.isoformat()),
        ("Nơi sinh:", person.birth_area.province_name, "place_of_birth", None),
        ("Xếp loại tốt nghiệp:", rank, "rank", None),
        ("Năm tốt nghiệp:", str(given.year), "graduation_year", None),
    )
    y = 92.0
    for label, text, field, value in rows:
        canvas.write(
            150,
            y,
            Span(text=f"{label} ", style=style),
            Span(text=text, style=style.but(bold=True), field=field, value=value),
        )
        y += 7.4
    y = 92.0
    for label, text in (
        ("Upon:", person.upper),
        ("Date of birth:", slashed(person.born)),
        ("Place of birth:", person.birth_area.province_name),
        ("Degree classification:", rank_english),
        ("Year of graduation:", str(given.year)),
    ):
        canvas.write(20, y, Span(text=f"{label} ", style=style), Span(text=text, style=style.but(bold=True)))
        y += 7.4
    day = Span(text=spoken(given), style=style.but(italic=True), field="issue_date", value=given.isoformat())
    canvas.write(
        200, 131, Span(text=f"{scene.area.province_name}, ", style=style.but(italic=True)), day, anchor="m"
    )
    signer = Signer(
        over=("GIÁM ĐỐC" if is_school else "HIỆU TRƯỞNG",),
        name=scene.population.official(),
        around=school,
        below=scene.area.province_name,
    )
    sign(scene, canvas, 206, 137, signer, room=27)
    small = Style(size=10)
    canvas.write(
        18,
        166,
        Span(text="Số hiệu: ", style=small),
        Span(
            text=f"{rng.choice('ABC')}{scene.serial(7)}",
            style=small.but(bold=True, colour=RED),
            field="serial_number",
        ),
    )
    canvas.write(
        18,
        172,
        Span(text="Số vào sổ cấp bằng: ", style=small),
        Span(text=f"{scene.serial(3)}/{given.year}", style=small, field="document_number"),
    )
    return single(canvas, "bang_tot_nghiep")


def _half(canvas: Canvas, centre: float, lines: tuple[str, ...], colour: Colour) -> None:
    sizes = (10.0, 10.5, 12.0, 12.0, 10.5, 15.0)
    y = 40.0
    for line, size in zip(lines, sizes, strict=True):
        style = canvas.fit(
            line,
            Style(
                size=size, bold=size > 10, italic=size == 10.5, colour=colour if size == 15 else (30, 30, 40)
            ),
            112,
        )
        canvas.write(centre, y, Span(text=line, style=style), anchor="m")
        y += 8.0


def school_report(scene: Scene, child: Person) -> Paper:
    """``HỌC BẠ``: cover and a page of marks."""
    cover = _framed(scene, (148.0, 210.0), ((226, 236, 248), (232, 240, 250)), (196, 214, 236), (60, 90, 150))
    canvas = cover
    for y, line, size in (
        (26, "BỘ GIÁO DỤC VÀ ĐÀO TẠO", 11.5),
        (80, "HỌC BẠ", 30),
        (94, "TRUNG HỌC CƠ SỞ", 15),
    ):
        canvas.write(
            74,
            y,
            Span(
                text=line,
                style=Style(size=size, bold=True, colour=(150, 24, 34) if size > 12 else (22, 22, 26)),
            ),
            anchor="m",
        )
    style = Style(size=12)
    canvas.write(
        24,
        120,
        Span(text="Họ và tên học sinh: ", style=style),
        Span(text=child.upper, style=style.but(bold=True), field="person_name", value=child.name),
    )
    canvas.write(
        24,
        130,
        Span(text="Ngày sinh: ", style=style),
        Span(text=slashed(child.born), style=style, field="birth_date", value=child.born.isoformat()),
    )
    canvas.write(
        24,
        140,
        Span(text="Học sinh trường: ", style=style),
        Span(text=f"THCS {scene.area.ward_name}", style=style, field="school"),
    )
    canvas.write(
        24,
        190,
        Span(text="Số: ", style=style),
        Span(text=f"{scene.serial(3)}/THCS", style=style, field="document_number"),
    )
    marks = Canvas(148.0, 210.0, scene.fonts)
    marks.write(
        74,
        18,
        Span(text="KẾT QUẢ HỌC TẬP - NĂM HỌC 2024 - 2025", style=Style(size=12.5, bold=True)),
        anchor="m",
    )
    columns = (
        Column(head="Môn học", width=48),
        Column(head="Học kỳ I", width=22, align="centre"),
        Column(head="Học kỳ II", width=22, align="centre"),
        Column(head="Cả năm", width=22, align="centre"),
    )
    body = [
        [
            Entry(text=subject),
            *(Entry(text=f"{scene.rng.randint(55, 98) / 10:.1f}".replace(".", ",")) for _ in range(3)),
        ]
        for subject in (
            "Toán",
            "Ngữ văn",
            "Tiếng Anh",
            "Khoa học tự nhiên",
            "Lịch sử và Địa lí",
            "Tin học",
            "Công nghệ",
        )
    ]
    y = table(marks, 17, 24, columns, body, Style(size=10.5)) + 10
    marks.write(
        17, y, Span(text="Xếp loại học lực: Khá        Xếp loại hạnh kiểm: Tốt", style=Style(size=11))
    )
    sign(
        scene,
        marks,
        105,
        y + 10,
        Signer(
            over=("HIỆU TRƯỞNG",),
            name=scene.population.official(),
            around=f"TRƯỜNG THCS {scene.area.ward_name}",
            below=scene.area.ward,
        ),
    )
    return Paper(
        type_id="hoc_ba",
        sheets=[Sheet(canvas=cover, type_id="hoc_ba"), Sheet(canvas=marks, type_id="hoc_ba")],
    )


def tax_number(scene: Scene) -> str:
    """Ten digits whose last is the check digit; 00 at the front is assigned to no office."""
    while True:
        nine = f"00{scene.serial(7)}"
        weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
        check = 10 - sum(int(digit) * weight for digit, weight in zip(nine, weights, strict=True)) % 11
        if check < 10:
            return f"{nine}{check}"


def enterprise(scene: Scene, person: Person) -> Paper:
    """``GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP`` of a one-member company, in a green patterned frame."""
    canvas = _framed(scene, (210.0, 297.0), ((244, 252, 248), (236, 248, 246)), (206, 232, 224), _GREEN)
    look = scene.look(size=12.4)
    first = working_day(scene.rng, date(2016, 2, 1), date(2024, 10, 30))
    y = office_head(canvas, look, (f"SỞ TÀI CHÍNH {scene.area.province.upper()}", "PHÒNG ĐĂNG KÝ KINH DOANH"))
    y = title(
        canvas,
        y + 3,
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
        "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN",
        size=14.5,
    )
    code = Span(text=tax_number(scene), style=look.body.but(bold=True), field="tax_number")
    canvas.write(
        105, y + 2, Span(text="Mã số doanh nghiệp: ", style=look.body.but(bold=True)), code, anchor="m"
    )
    day = Span(
        text=spoken(first), style=look.body.but(italic=True), field="issue_date", value=first.isoformat()
    )
    canvas.write(
        105, y + 8.5, Span(text="Đăng ký lần đầu: ", style=look.body.but(italic=True)), day, anchor="m"
    )
    y += 18
    if scene.rng.random() < 0.5:
        changed = Span(
            text=f"Đăng ký thay đổi lần thứ {scene.rng.randint(1, 5)}: {spoken(scene.before(200))}",
            style=look.body.but(italic=True),
        )
        canvas.write(105, y - 3, changed, anchor="m")
        y += 6
    name = f"CÔNG TY TNHH MTV {scene.rng.choice(_FIRMS)} {scene.area.ward_name.upper()}"
    capital = scene.rng.randint(3, 90) * 100_000_000
    words = number_words(capital)
    rows = form(canvas, look, has_leaders=False)
    y = print_rows(
        rows,
        y,
        (
            "1. Tên công ty",
            Cell(label="Tên công ty viết bằng tiếng Việt:", text=name, field="business_name", bold=True),
            Cell(label="Tên công ty viết tắt:", text=""),
            "2. Địa chỉ trụ sở chính",
            Cell(label="", text=scene.gazetteer.address(scene.area).text, field="business_address"),
            (Cell(label="Điện thoại:", text=person.phone, field="phone"), Cell(label="Fax:", text="")),
            "3. Vốn điều lệ",
            Cell(label="Vốn điều lệ:", text=f"{grouped(capital)} đồng", field="capital", value=str(capital)),
            Cell(label="Bằng chữ:", text=f"{words[0].upper()}{words[1:]} đồng"),
            "4. Người đại diện theo pháp luật của công ty",
            name_cell("* Họ và tên:", person, bold=True),
            (
                Cell(label="Giới tính:", text=person.sex, field="sex"),
                Cell(label="Chức danh:", text="Giám đốc"),
            ),
            (
                date_cell("Sinh ngày:", person.born),
                Cell(label="Dân tộc:", text=person.ethnicity),
                Cell(label="Quốc tịch:", text="Việt Nam"),
            ),
            Cell(label="Số giấy tờ pháp lý của cá nhân:", text=person.number, field="personal_number"),
            Cell(label="Địa chỉ thường trú:", text=person.home.text, field="residence"),
        ),
    )
    signer = Signer(
        over=("TRƯỞNG PHÒNG",),
        hints=("(Ký, ghi rõ họ tên và đóng dấu)",),
        name=scene.population.official(),
        around="PHÒNG ĐĂNG KÝ KINH DOANH",
        below=scene.area.province_name,
    )
    sign(scene, canvas, 150, y + 4, signer, room=27)
    return single(canvas, "gcn_dang_ky_doanh_nghiep")


def building_permit(scene: Scene, plot: Plot) -> Paper:
    """``GIẤY PHÉP XÂY DỰNG Số: …/GPXD``: for a house on the parcel; the second side has the duties."""
    flow = Flow(scene, scene.look(size=12.8), "giay_phep_xay_dung")
    canvas, owner = flow.canvas, plot.owners[0]
    y = agency_head(
        scene, canvas, flow.look, committee(scene), f"{scene.rng.randint(4, 690)}/GPXD", scene.today
    )
    y = title(canvas, y + 6, "GIẤY PHÉP XÂY DỰNG", size=16)
    canvas.write(
        105, y, Span(text="(Sử dụng cho nhà ở riêng lẻ)", style=flow.look.body.but(italic=True)), anchor="m"
    )
    floors = scene.rng.randint(1, 5)
    built = scene.rng.randint(450, 1600)
    rows = form(canvas, flow.look, has_leaders=False)
    flow.y = print_rows(
        rows,
        y + 10,
        (
            name_cell("1. Cấp cho:", owner, bold=True),
            Cell(label="Chủ đầu tư, số định danh cá nhân:", text=owner.number, field="personal_number"),
            Cell(label="Địa chỉ:", text=owner.home.text, field="residence"),
            "2. Được phép xây dựng công trình: Nhà ở riêng lẻ",
            (
                Cell(label="Trên thửa đất số:", text=plot.parcel, field="parcel_number"),
                Cell(label="Tờ bản đồ số:", text=plot.map_sheet, field="map_sheet"),
            ),
            Cell(label="Tại:", text=plot.place.text, field="parcel_address"),
            Cell(
                label="Diện tích xây dựng:",
                text=f"{built // 10},{built % 10} m²",
                field="building_area",
                value=f"{built // 10}.{built % 10}",
            ),
            Cell(
                label="Tổng diện tích sàn:",
                text=f"{built * floors // 10},{built * floors % 10} m²",
                field="floor_area",
                value=f"{built * floors // 10}.{built * floors % 10}",
            ),
            (
                Cell(label="Số tầng:", text=str(floors), field="floors"),
                Cell(label="Chiều cao công trình:", text=f"{floors * 3},6 m"),
            ),
            Cell(label="Cốt nền xây dựng:", text="+0,45 m so với mặt đường hiện trạng"),
            Cell(label="3. Giấy tờ về đất đai, số:", text=plot.serial, field="serial_number"),
        ),
    )
    flow.text(
        "4. Giấy phép này có hiệu lực khởi công xây dựng trong thời hạn 12 tháng kể từ ngày cấp; quá thời hạn trên thì phải đề nghị gia hạn giấy phép.",
        indent=0,
    )
    flow.need(56)
    committee_signs(scene, flow.canvas, flow.y + 6, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    flow.turn()
    flow.y = title(flow.canvas, flow.y + 4, "CHỦ ĐẦU TƯ PHẢI THỰC HIỆN CÁC NỘI DUNG SAU:", size=12.5) + 3
    for number, words in enumerate(
        (
            "Phải hoàn toàn chịu trách nhiệm trước pháp luật nếu xâm phạm các quyền hợp pháp của các chủ sở hữu liền kề.",
            "Phải thực hiện đúng các quy định của pháp luật về đất đai, về đầu tư xây dựng và giấy phép này.",
            "Phải thông báo bằng văn bản về ngày khởi công cho cơ quan cấp phép xây dựng trước khi khởi công.",
            "Trường hợp điều chỉnh thiết kế thì phải đề nghị điều chỉnh giấy phép và chờ quyết định của cơ quan cấp phép.",
        ),
        start=1,
    ):
        flow.text(f"{number}. {words}")
    return flow.paper()


def permit_request(scene: Scene, plot: Plot) -> Paper:
    """``ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG``."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    owner = plot.owners[0]
    y = republic_head(canvas, look)
    y = title(canvas, y + 1, "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG", size=14.5)
    canvas.write(
        105,
        y,
        Span(text="(Sử dụng cho công trình: nhà ở riêng lẻ)", style=look.body.but(italic=True)),
        anchor="m",
    )
    canvas.write(105, y + 7, Span(text=f"Kính gửi: {scene.committee}", style=look.body), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    y = print_rows(
        rows,
        y + 17,
        (
            "1. Thông tin về chủ đầu tư:",
            name_cell("- Tên chủ đầu tư:", owner),
            Cell(label="- Địa chỉ liên hệ:", text=owner.home.text, field="residence"),
            (
                Cell(label="- Số điện thoại:", text=owner.phone, field="phone"),
                Cell(label="Số định danh:", text=owner.number, field="personal_number"),
            ),
            "2. Thông tin công trình:",
            Cell(label="- Địa điểm xây dựng:", text=plot.place.text, field="parcel_address"),
            (
                Cell(label="- Lô đất số:", text=plot.parcel, field="parcel_number"),
                Cell(label="Diện tích:", text=f"{plot.area} m²", field="area", value=plot.area_value),
            ),
            Cell(label="3. Tổ chức lập thiết kế:", text=""),
            Cell(
                label="4. Dự kiến thời gian hoàn thành công trình:", text=f"{scene.rng.randint(4, 14)} tháng"
            ),
            Cell(label="5. Cam kết:", text="Tôi xin cam đoan làm theo đúng giấy phép được cấp."),
        ),
    )
    applicant_signs(scene, canvas, y + 3, "CHỦ ĐẦU TƯ", owner)
    return single(canvas, "don_cap_phep_xay_dung")


def health_check(scene: Scene, person: Person) -> Paper:
    """``GIẤY KHÁM SỨC KHỎE``: photograph and person, then the findings and the conclusion."""
    flow = Flow(scene, scene.look(size=12.4), "giay_kham_suc_khoe")
    canvas, look, rng = flow.canvas, flow.look, scene.rng
    clinic = f"TRUNG TÂM Y TẾ KHU VỰC {scene.area.ward_name.upper()}"
    y = agency_head(
        scene, canvas, look, ("SỞ Y TẾ", clinic), f"{rng.randint(20, 4000)}/GKSK-TTYT", scene.before(30)
    )
    y = title(canvas, y + 5, "GIẤY KHÁM SỨC KHỎE", size=16)
    canvas.picture(portrait((240, 320), rng), look.left, y, 30)
    rows = form(canvas, look, fill=pen(look))
    canvas.write(
        105,
        y + 18,
        Span(text="(Dán ảnh 4 x 6, đóng dấu giáp lai)", style=look.body.but(italic=True, size=10.5)),
        anchor="m",
    )
    flow.y = print_rows(
        rows,
        y + 50,
        (
            name_cell("Họ và tên:", person),
            (Cell(label="Giới tính:", text=person.sex, field="sex"), date_cell("Ngày sinh:", person.born)),
            Cell(label="Số định danh cá nhân:", text=person.number, field="personal_number"),
            Cell(label="Chỗ ở hiện tại:", text=person.home.text, field="residence"),
            Cell(
                label="Lý do khám sức khỏe:",
                text=rng.choice(("Xin việc làm", "Thi giấy phép lái xe", "Đi học")),
            ),
            "TIỀN SỬ BỆNH CỦA ĐỐI TƯỢNG KHÁM SỨC KHỎE",
            Cell(label="1. Tiền sử gia đình:", text="Không"),
            Cell(label="2. Tiền sử bản thân:", text="Không mắc bệnh mạn tính"),
            Cell(label="3. Câu hỏi khác (nếu có):", text=""),
        ),
    )
    flow.turn()
    canvas = flow.canvas
    rows = form(canvas, look, fill=pen(look))
    high = rng.randint(150, 178)
    flow.y = print_rows(
        rows,
        flow.y + 4,
        (
            "I. KHÁM THỂ LỰC",
            (
                Cell(label="Chiều cao:", text=f"{high} cm"),
                Cell(label="Cân nặng:", text=f"{high - 100 - rng.randint(0, 12)} kg"),
                Cell(label="BMI:", text=f"{rng.randint(190, 245) / 10:.1f}".replace(".", ",")),
            ),
            (
                Cell(label="Mạch:", text=f"{rng.randint(66, 88)} lần/phút"),
                Cell(label="Huyết áp:", text=f"{rng.randint(105, 130)}/{rng.randint(65, 85)} mmHg"),
            ),
            "II. KHÁM LÂM SÀNG",
            Cell(label="1. Nội khoa:", text="Bình thường"),
            Cell(label="2. Ngoại khoa, da liễu:", text="Bình thường"),
            Cell(label="3. Mắt: không kính", text="Mắt phải 10/10, mắt trái 9/10"),
            Cell(label="4. Tai - Mũi - Họng:", text="Bình thường"),
            Cell(label="5. Răng - Hàm - Mặt:", text=""),
            "III. KHÁM CẬN LÂM SÀNG",
            Cell(label="1. Xét nghiệm máu:", text="Trong giới hạn bình thường"),
            Cell(label="2. Chẩn đoán hình ảnh:", text="Tim phổi bình thường"),
            "IV. KẾT LUẬN",
            Cell(
                label="1. Phân loại sức khỏe:", text=rng.choice(("Loại I", "Loại II")), field="health_class"
            ),
            Cell(label="2. Các bệnh, tật (nếu có):", text=""),
        ),
    )
    sign(
        scene,
        canvas,
        150,
        flow.y + 6,
        Signer(
            over=("NGƯỜI KẾT LUẬN",),
            hints=("(Ký, ghi rõ họ tên và đóng dấu)",),
            name=scene.population.official(),
            around=clinic,
            below="Sở Y tế",
        ),
    )
    return flow.paper()


def disability(scene: Scene, person: Person) -> Paper:
    """``GIẤY XÁC NHẬN KHUYẾT TẬT`` of the commune's committee, half a sheet."""
    canvas = Canvas(210.0, 148.0, scene.fonts)
    look = scene.look(size=11.8)
    y = agency_head(
        scene, canvas, look, committee(scene), f"{scene.rng.randint(3, 400)}/GXNKT", scene.before(300)
    )
    y = title(canvas, y + 1, "GIẤY XÁC NHẬN KHUYẾT TẬT", size=15, colour=RED)
    rows = form(canvas, look, has_leaders=False)
    kind, degree = scene.rng.choice((("Vận động", "Nặng"), ("Nghe, nói", "Nhẹ"), ("Nhìn", "Đặc biệt nặng")))
    y = print_rows(
        rows,
        y + 2,
        (
            name_cell("1. Họ và tên:", person, bold=True),
            (
                date_cell("2. Ngày sinh:", person.born),
                Cell(label="3. Giới tính:", text=person.sex, field="sex"),
            ),
            Cell(label="4. Nơi thường trú:", text=person.home.text, field="residence"),
            (
                Cell(label="5. Dạng khuyết tật:", text=kind, field="disability_kind"),
                Cell(label="6. Mức độ khuyết tật:", text=degree, field="disability_degree"),
            ),
        ),
    )
    signer = Signer(
        over=("CHỦ TỊCH",),
        name=scene.chairman,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    sign(scene, canvas, 150, y + 2, signer, room=27)
    return single(canvas, "giay_xn_khuyet_tat")


def disability_request(scene: Scene, person: Person) -> Paper:
    """``ĐƠN ĐỀ NGHỊ XÁC ĐỊNH, XÁC ĐỊNH LẠI MỨC ĐỘ KHUYẾT TẬT …`` with tick words."""
    canvas, look = scene.sheet(), scene.look(size=12.6)
    y = republic_head(canvas, look)
    y = title(
        canvas,
        y + 1,
        "ĐƠN ĐỀ NGHỊ",
        "XÁC ĐỊNH, XÁC ĐỊNH LẠI MỨC ĐỘ KHUYẾT TẬT VÀ",
        "CẤP, CẤP ĐỔI, CẤP LẠI GIẤY XÁC NHẬN KHUYẾT TẬT",
        size=13.5,
    )
    canvas.write(105, y + 2, Span(text=f"Kính gửi: Chủ tịch {scene.committee}", style=look.body), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    y = print_rows(
        rows,
        y + 12,
        (
            "I. Thông tin người được xác định mức độ khuyết tật",
            name_cell("Họ và tên:", person),
            (
                date_cell("Ngày, tháng, năm sinh:", person.born),
                Cell(label="Giới tính:", text=person.sex, field="sex"),
            ),
            Cell(label="Số định danh cá nhân:", text=person.number, field="personal_number"),
            Cell(label="Nơi thường trú:", text=person.home.text, field="residence"),
            Cell(label="Số điện thoại:", text=person.phone, field="phone"),
            "II. Thông tin người đại diện hợp pháp (nếu có)",
            Cell(label="Họ và tên:", text="", field="representative_name"),
            Cell(label="Số định danh cá nhân:", text="", field="representative_personal_number"),
            "III. Nội dung đề nghị",
            Cell(label="Đề nghị:", text="Xác định mức độ khuyết tật và cấp giấy xác nhận khuyết tật"),
            Cell(label="Dạng khuyết tật:", text="Khuyết tật vận động"),
        ),
    )
    applicant_signs(scene, canvas, y + 3, "NGƯỜI VIẾT ĐƠN", person)
    return single(canvas, "don_xac_dinh_khuyet_tat")
