"""Health: the check, the disability confirmation and the request for it.

Titles and labels: domain facts, section 4, row 30 (from memory, unverified), and the labels of
``classifiers/rules``; findings are invented.
"""

from __future__ import annotations

import random

from samples.generator.canvas import Canvas
from samples.generator.flow import Flow
from samples.generator.layout import (
    Cell,
    Signer,
    form,
    pen,
    republic_head,
    sign,
    title,
)
from samples.generator.papers.frame import (
    Rows,
    agency_head,
    applicant_signs,
    committee,
    date_cell,
    name_cell,
    print_rows,
    single,
)
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene
from samples.generator.security_print import portrait
from samples.generator.style import RED, Span


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
        _person_rows(person, rng),
    )
    flow.turn()
    canvas = flow.canvas
    rows = form(canvas, look, fill=pen(look))
    high = rng.randint(150, 178)
    flow.y = print_rows(
        rows,
        flow.y + 4,
        _finding_rows(rng, high),
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


def _person_rows(person: Person, rng: random.Random) -> Rows:
    return (
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
    )


def _finding_rows(rng: random.Random, high: int) -> Rows:
    return (
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
        Cell(label="1. Phân loại sức khỏe:", text=rng.choice(("Loại I", "Loại II")), field="health_class"),
        Cell(label="2. Các bệnh, tật (nếu có):", text=""),
    )
