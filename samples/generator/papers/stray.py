"""Papers that belong to no known type: what lies in a stack by mistake, or is handed in without need.

All wording is invented. Their type in the truth is ``unknown``: nobody should give them another name.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from samples.generator.canvas import Canvas
from samples.generator.flow import Flow
from samples.generator.layout import Cell as FormCell
from samples.generator.layout import Column, Entry, Signer, form, pen, republic_head, sign, table, title
from samples.generator.papers.frame import single
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene
from samples.generator.style import Colour, Span, Style
from samples.generator.wording import grouped, slashed, spoken

_TYPE: Final = "unknown"
_GOODS: Final = (
    ("Giấy in A4 70 gsm", "Ram", 72_000),
    ("Bút bi xanh", "Hộp", 45_000),
    ("Kẹp tài liệu", "Hộp", 18_000),
    ("Mực in laser", "Hộp", 390_000),
    ("Bìa hồ sơ", "Cái", 3_500),
    ("Ghế xoay văn phòng", "Cái", 1_150_000),
)
_DISHES: Final = (
    ("Phở bò tái", 50_000),
    ("Bún chả", 55_000),
    ("Cơm tấm sườn", 48_000),
    ("Gỏi cuốn (2 cuốn)", 30_000),
    ("Bánh xèo", 45_000),
    ("Lẩu cá lóc", 260_000),
    ("Rau muống xào tỏi", 40_000),
    ("Chè đậu xanh", 20_000),
    ("Trà đá", 5_000),
    ("Cà phê sữa đá", 25_000),
)


def _goods(scene: Scene, canvas: Canvas, x: float, y: float) -> tuple[float, int]:
    """A table of goods; returns its bottom and the sum."""
    columns = (
        Column(head="STT", width=12, align="centre"),
        Column(head="Tên hàng hóa, dịch vụ", width=62),
        Column(head="ĐVT", width=16, align="centre"),
        Column(head="Số lượng", width=20, align="centre"),
        Column(head="Đơn giá", width=28, align="centre"),
        Column(head="Thành tiền", width=30, align="centre"),
    )
    total, rows = 0, []
    for number, (name, unit, price) in enumerate(scene.rng.sample(_GOODS, scene.rng.randint(3, 6)), start=1):
        count = scene.rng.randint(1, 20)
        total += price * count
        texts = (str(number), name, unit, str(count), grouped(price), grouped(price * count))
        rows.append([Entry(text=text) for text in texts])
    return table(canvas, x, y, columns, rows, Style(size=11)), total


def invoice(scene: Scene) -> Paper:
    """A sales invoice of a shop."""
    canvas, look = scene.sheet(), scene.look(size=12)
    y = title(canvas, 28, "HÓA ĐƠN BÁN HÀNG", size=18, colour=(190, 30, 40))
    canvas.write(
        105, y, Span(text=f"{spoken(scene.today).capitalize()}", style=look.body.but(italic=True)), anchor="m"
    )
    canvas.write(185, 24, Span(text=f"Ký hiệu: 1C26T{scene.serial(2)}", style=Style(size=10)), anchor="r")
    canvas.write(185, 29, Span(text=f"Số: {scene.serial(7)}", style=Style(size=10, bold=True)), anchor="r")
    rows = form(canvas, look)
    for label, text in (
        ("Đơn vị bán hàng:", "Cửa hàng văn phòng phẩm Bút Chì"),
        ("Địa chỉ:", scene.gazetteer.address(scene.area).text),
        ("Họ tên người mua hàng:", scene.population.official()),
        ("Hình thức thanh toán:", "Tiền mặt"),
    ):
        y = rows.row(y + (10 if label.startswith("Đơn") else 0), FormCell(label=label, text=text))
    y, total = _goods(scene, canvas, look.left - 3, y + 2)
    canvas.write(
        185,
        y + 8,
        Span(text=f"Tổng cộng tiền thanh toán: {grouped(total)} đồng", style=look.body.but(bold=True)),
        anchor="r",
    )
    for centre, office in ((60.0, "Người mua hàng"), (150.0, "Người bán hàng")):
        sign(
            scene,
            canvas,
            centre,
            y + 20,
            Signer(
                over=(office,), hints=("(Ký, ghi rõ họ tên)",), name=scene.population.official(), field=""
            ),
            room=22,
        )
    return single(canvas, _TYPE)


def menu(scene: Scene) -> Paper:
    """The menu of an eating place."""
    canvas = scene.sheet((250, 244, 228))
    y = title(canvas, 42, "THỰC ĐƠN", size=30, colour=(120, 60, 20))
    canvas.write(
        105,
        y + 2,
        Span(text="Quán Bếp Nhà - mở cửa từ 6 giờ đến 21 giờ", style=Style(size=13, italic=True)),
        anchor="m",
    )
    y += 20
    for name, price in scene.rng.sample(_DISHES, 9):
        canvas.write(35, y, Span(text=name, style=Style(size=15, bold=True, colour=(90, 50, 20))))
        end = canvas.measure(name, Style(size=15, bold=True))
        canvas.leader(38 + end, 150, y)
        canvas.write(178, y, Span(text=f"{grouped(price)} đ", style=Style(size=15)), anchor="r")
        y += 15
    canvas.write(
        105,
        y + 8,
        Span(text="Giá trên đã gồm thuế. Chúc quý khách ngon miệng!", style=Style(size=13, italic=True)),
        anchor="m",
    )
    return single(canvas, _TYPE)


def quotation(scene: Scene) -> Paper:
    """A price quotation of a company."""
    canvas, look = scene.sheet(), scene.look(size=12)
    canvas.write(
        look.left,
        22,
        Span(
            text="CÔNG TY TNHH THIẾT BỊ CHIM SẺ",
            style=Style(size=13, bold=True, family="sans", colour=(20, 70, 140)),
        ),
    )
    canvas.write(
        look.left,
        28,
        Span(text="Điện thoại: 0301234567 - Email: lienhe@example.vn", style=Style(size=10, family="sans")),
    )
    canvas.rule(look.left, 31, 190, 31, width=0.6, colour=(20, 70, 140))
    y = title(canvas, 46, "BẢNG BÁO GIÁ", size=19)
    canvas.write(look.left, y + 2, Span(text="Kính gửi: Quý khách hàng", style=look.body.but(bold=True)))
    words = (
        "Lời đầu tiên xin cảm ơn quý khách đã quan tâm. "
        "Công ty chúng tôi xin gửi bảng giá thiết bị văn phòng như sau:"
    )
    y = canvas.paragraph(look.left, y + 10, look.width, [Span(text=words, style=look.body)], leading=6.4)
    y, total = _goods(scene, canvas, look.left - 3, y + 1)
    for line in (
        f"Tổng giá trị: {grouped(total)} đồng (chưa gồm thuế giá trị gia tăng)",
        "Thời gian giao hàng: 07 ngày kể từ ngày đặt hàng.",
        f"Báo giá có hiệu lực đến ngày {slashed(scene.before(-30))}.",
    ):
        canvas.write(look.left, y + 9, Span(text=line, style=look.body))
        y += 7
    sign(
        scene,
        canvas,
        150,
        y + 14,
        Signer(over=("PHÒNG KINH DOANH",), name=scene.population.official(), field=""),
        room=22,
    )
    return single(canvas, _TYPE)


def reunion(scene: Scene) -> Paper:
    """An invitation to a class reunion."""
    canvas = scene.sheet((254, 246, 250))
    for inset in (14.0, 17.0):
        canvas.box((inset, inset, 210 - inset, 200 - inset), width=0.5, colour=(200, 90, 130))
    style = Style(size=16, italic=True, colour=(150, 40, 90))
    y = title(canvas, 46, "THƯ MỜI HỌP LỚP", size=26, colour=(180, 40, 100))
    for line in (
        f"Thân mời bạn: {scene.population.official()}",
        f"Cựu học sinh lớp 12A{scene.rng.randint(1, 9)}, khóa {scene.rng.randint(1990, 2012)}",
        "đến dự buổi gặp mặt kỷ niệm ngày ra trường",
        f"vào hồi 17 giờ 30, {spoken(scene.before(-20))}",
        f"tại nhà hàng Bến Lở, {scene.area.ward}.",
        "Rất mong được gặp lại bạn!",
    ):
        canvas.write(105, y + 6, Span(text=line, style=canvas.fit(line, style, 165)), anchor="m")
        y += 14
    canvas.write(150, y + 12, Span(text="Ban liên lạc", style=style.but(bold=True, italic=False)), anchor="m")
    return single(canvas, _TYPE)


_ARTICLE: Final = (
    "Sáng sớm, khi sương còn phủ trên mặt sông, những chiếc thuyền nhỏ đã tấp nập chở rau quả về bến. "
    "Chợ họp từ bốn giờ và tan khi mặt trời lên quá ngọn tre.",
    "Theo lời các cụ cao niên, chợ có từ hơn trăm năm nay. Người bán, người mua phần lớn quen biết nhau, "
    "ít ai mặc cả, chỉ hỏi thăm chuyện mùa màng, con cái.",
    "Mấy năm gần đây, đường sá thuận tiện, nhiều người chọn siêu thị, nhưng cứ đến phiên chính chợ vẫn "
    "đông. Khách phương xa tìm về để nếm bánh đa, mua một con gà, ngắm dòng sông.",
    "Chị bán bánh cho biết mỗi phiên chị làm khoảng ba trăm chiếc, chưa đến tám giờ đã hết. Bí quyết, "
    "chị cười, là gạo mới và củi khô.",
    "Chiều xuống, bến vắng, chỉ còn tiếng nước vỗ mạn thuyền. Người ta bảo, còn sông thì còn chợ.",
)


def article(scene: Scene) -> Paper:
    """A newspaper page in two columns."""
    canvas = scene.sheet((248, 246, 238))
    canvas.write(
        20,
        20,
        Span(
            text=f"BÁO QUÊ MÌNH - Số {scene.serial(4)} - {slashed(scene.today)}",
            style=Style(size=10, family="sans"),
        ),
    )
    canvas.rule(20, 23, 190, 23, width=0.8)
    title(canvas, 38, "Phiên chợ bên sông", size=30)
    style = Style(size=11)
    for column in range(2):
        y = 52.0
        words = list(_ARTICLE)
        scene.rng.shuffle(words)
        for text in (*words, *_ARTICLE[: 2 + column]):
            y = (
                canvas.paragraph(
                    20 + 88 * column, y, 82, [Span(text=text, style=style)], leading=5.2, indent=5
                )
                + 1
            )
    return single(canvas, _TYPE)


def absence(scene: Scene, child: Person, parent: Person) -> Paper:
    """A parent's request that a pupil may stay away from school."""
    canvas, look = scene.sheet(), scene.look(size=13)
    y = republic_head(canvas, look)
    y = title(canvas, y + 4, "ĐƠN XIN NGHỈ HỌC", size=17)
    canvas.write(
        105,
        y + 3,
        Span(text=f"Kính gửi: Ban giám hiệu Trường Tiểu học {scene.area.ward_name}", style=look.body),
        anchor="m",
    )
    rows = form(canvas, look, fill=pen(look))
    y += 15
    for label, text in (
        ("Tôi tên là:", parent.name),
        ("Là phụ huynh của em:", child.name),
        ("Học sinh lớp:", f"{scene.rng.randint(1, 5)}A{scene.rng.randint(1, 6)}"),
        ("Xin phép cho cháu được nghỉ học từ ngày:", slashed(scene.today)),
        ("Lý do:", scene.rng.choice(("Cháu bị sốt", "Gia đình có việc riêng", "Cháu đi khám mắt"))),
    ):
        y = rows.row(y, FormCell(label=label, text=text))
    words = (
        "Tôi xin hứa sẽ nhắc cháu chép bài và làm bài tập đầy đủ. "
        "Kính mong nhà trường và cô giáo chủ nhiệm tạo điều kiện."
    )
    y = canvas.paragraph(
        look.left, y + 2, look.width, [Span(text=words, style=look.body)], leading=look.leading, indent=8
    )
    sign(
        scene, canvas, 150, y + 10, Signer(over=("Phụ huynh học sinh",), name=parent.name, field=""), room=24
    )
    return single(canvas, _TYPE)


def manual(scene: Scene) -> Paper:
    """Two pages of instructions for a kitchen machine."""
    flow = Flow(scene, scene.look(size=12), _TYPE, numbering="bottom")
    flow.y = title(flow.canvas, 30, "HƯỚNG DẪN SỬ DỤNG", "NỒI CƠM ĐIỆN MẪU NC-18", size=18) + 6
    parts = (
        (
            "1. Các bộ phận của nồi",
            (
                "Nắp nồi, lòng nồi chống dính, mâm nhiệt, bảng điều khiển, dây nguồn.",
                "Cốc đong và muôi xới cơm đi kèm theo nồi.",
            ),
        ),
        (
            "2. Trước khi dùng lần đầu",
            (
                "Rửa lòng nồi bằng nước ấm, lau khô mặt ngoài trước khi đặt vào thân nồi.",
                "Kiểm tra điện áp ghi trên nhãn phù hợp với nguồn điện trong nhà.",
            ),
        ),
        (
            "3. Cách nấu cơm",
            (
                "Vo gạo, cho nước đến vạch tương ứng với số cốc gạo.",
                "Đậy nắp, cắm điện, nhấn nút NẤU. Khi đèn chuyển sang GIỮ ẤM, chờ thêm mười phút rồi mới "
                "mở nắp.",
                "Không mở nắp khi nồi đang sôi để tránh bị bỏng hơi nước.",
            ),
        ),
        (
            "4. Vệ sinh và bảo quản",
            (
                "Rút phích cắm và để nồi nguội hẳn trước khi lau chùi.",
                "Không ngâm thân nồi trong nước, không dùng miếng cọ kim loại.",
            ),
        ),
        (
            "5. Lỗi thường gặp",
            (
                "Cơm sống: thiếu nước hoặc đáy lòng nồi dính vật lạ.",
                "Đèn không sáng: kiểm tra phích cắm và ổ điện.",
            ),
        ),
    )
    for heading, lines in parts:
        flow.need(30)
        flow.text(heading, bold=True, indent=0)
        for line in lines:
            flow.text(f"- {line}")
        if heading.startswith("3."):
            flow.turn()
    return flow.paper()


def picture(scene: Scene) -> Paper:
    """A drawing without a word: hills, a sun, a house."""
    canvas = scene.sheet()
    rng = scene.rng
    size = (1240, 1754)
    sky: Colour = rng.choice(((196, 222, 244), (250, 214, 170), (222, 232, 214)))
    image = Image.new("RGB", size, sky)
    draw = ImageDraw.Draw(image)
    x, y, reach = rng.randint(200, 1000), rng.randint(160, 420), rng.randint(70, 140)
    draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(250, 206, 80))
    for layer in range(4):
        base = 700 + layer * 230
        shade = 150 - layer * 28
        wave = [
            (px, base + rng.uniform(60, 130) * math.sin(px / rng.uniform(140, 240) + layer * 2))
            for px in range(0, 1300, 40)
        ]
        draw.polygon([(0, 1754), *wave, (1240, 1754)], fill=(shade // 2, shade, shade // 2 + 20))
    left, top = rng.randint(200, 800), rng.randint(1150, 1350)
    draw.rectangle((left, top, left + 260, top + 190), fill=(206, 150, 110))
    draw.polygon([(left - 30, top), (left + 290, top), (left + 130, top - 130)], fill=(150, 60, 50))
    canvas.picture(image.filter(ImageFilter.GaussianBlur(2)), 10, 10, 190)
    return single(canvas, _TYPE)


#: Papers of no type that need nothing but the scene.
STRAYS: Final[tuple[Callable[[Scene], Paper], ...]] = (
    invoice,
    menu,
    quotation,
    reunion,
    article,
    manual,
    picture,
)
