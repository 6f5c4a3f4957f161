"""Other official documents: notice, submission, minutes; and the older marriage certificate.

Layout: decree 30/2020 (domain facts, section 4, row 33); form code of the certificate: row 12.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from samples.generator.canvas import Canvas
from samples.generator.families import Couple
from samples.generator.flow import Flow
from samples.generator.layout import Cell, Form, Signer, form, recipients, republic_head, sign, title
from samples.generator.papers.birth import security_sheet
from samples.generator.papers.frame import (
    agency_head,
    committee,
    committee_signs,
    date_cell,
    name_cell,
    print_rows,
    single,
)
from samples.generator.people import Person
from samples.generator.scene import Paper, Scene
from samples.generator.style import DARK_RED, RED, Span, Style
from samples.generator.wording import slashed, spoken

_NOTICES: Final = (
    ("THÔNG BÁO", "Về việc lịch tiếp nhận hồ sơ trong dịp nghỉ lễ", "TB-UBND"),
    ("THÔNG BÁO", "Về việc niêm yết danh mục thủ tục hành chính", "TB-UBND"),
    ("TỜ TRÌNH", "Về việc bổ sung máy quét cho bộ phận một cửa", "TTr-UBND"),
    ("TỜ TRÌNH", "Về việc phê duyệt danh sách hồ sơ nộp lưu", "TTr-UBND"),
    ("BÁO CÁO", "Kết quả số hóa hồ sơ, kết quả giải quyết thủ tục hành chính", "BC-UBND"),
)
_WORDS: Final = (
    "Thực hiện nhiệm vụ được giao trong năm {year}, {office} đã tổ chức rà soát toàn bộ hồ sơ đang lưu "
    "tại bộ phận một cửa và tại các phòng chuyên môn.",
    "Qua rà soát, tỷ lệ hồ sơ được số hóa đạt {share}%, tăng so với cùng kỳ năm trước; các hồ sơ còn lại "
    "đang được bổ sung thành phần theo quy định.",
    "Để nâng cao chất lượng phục vụ người dân, doanh nghiệp, các đơn vị bố trí cán bộ trực tiếp nhận hồ "
    "sơ đầy đủ trong giờ hành chính và chịu trách nhiệm về chất lượng ảnh quét.",
    "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Văn phòng Hội đồng nhân dân và "
    "Ủy ban nhân dân để tổng hợp, giải quyết.",
)


def notice(scene: Scene, topic: int) -> Paper:
    """A thông báo, tờ trình or báo cáo of the commune's committee."""
    kind, subject, code = _NOTICES[topic % len(_NOTICES)]
    flow = Flow(scene, scene.look(size=13.2), "van_ban_khac")
    day = scene.before(11)
    y = agency_head(
        scene, flow.canvas, flow.look, committee(scene), f"{scene.rng.randint(3, 480)}/{code}", day
    )
    y = title(flow.canvas, y + 8, kind, size=15)
    span = Span(
        text=subject,
        style=flow.look.body.but(bold=True),
        field="subject",
        value=subject.removeprefix("Về việc "),
    )
    flow.y = flow.canvas.paragraph(40, y, 130, [span], leading=6.4, align="centre") + 5
    if kind == "TỜ TRÌNH":
        flow.canvas.write(
            105,
            flow.y,
            Span(text=f"Kính gửi: Ủy ban nhân dân {scene.area.province}", style=flow.look.body),
            anchor="m",
        )
        flow.y += 9
    for words in _WORDS:
        flow.text(
            words.format(year=scene.today.year, office=scene.committee, share=scene.rng.randint(71, 99))
        )
    asks = "kính trình xem xét, quyết định"
    tells = "thông báo để các đơn vị biết, thực hiện"
    flow.text(f"{scene.committee} {asks if kind == 'TỜ TRÌNH' else tells}./.")
    flow.need(56)
    recipients(
        flow.canvas, flow.look.left, flow.y + 4, ("- Như trên;", "- Thường trực HĐND;", "- Lưu: VT, VP.")
    )
    committee_signs(scene, flow.canvas, flow.y + 4, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), x=152)
    return flow.paper()


def minutes(scene: Scene, people: tuple[Person, Person]) -> Paper:
    """``BIÊN BẢN`` of a visit, signed by both sides."""
    flow = Flow(scene, scene.look(size=13), "van_ban_khac")
    day = scene.before(15)
    y = agency_head(
        scene, flow.canvas, flow.look, committee(scene), f"{scene.rng.randint(2, 90)}/BB-UBND", day
    )
    y = title(flow.canvas, y + 7, "BIÊN BẢN", size=15.5)
    words = "Về việc kiểm tra hiện trạng thửa đất"
    flow.canvas.write(
        105,
        y,
        Span(
            text=words,
            style=flow.look.body.but(bold=True),
            field="subject",
            value=words.removeprefix("Về việc "),
        ),
        anchor="m",
    )
    flow.y = y + 10
    flow.text(f"Hôm nay, hồi 8 giờ 30 phút, {spoken(day)}, tại {people[0].home.text}, chúng tôi gồm:")
    flow.text(f"1. Đại diện {scene.committee}: {scene.population.official()}, công chức địa chính.")
    flow.text(f"2. Chủ hộ: {people[0].title.lower()} {people[0].name}, sinh ngày {slashed(people[0].born)}.")
    flow.text(f"3. Người chứng kiến: {people[1].title.lower()} {people[1].name}.")
    flow.text(
        "Nội dung kiểm tra: ranh giới thửa đất đúng với hồ sơ địa chính, mốc giới còn nguyên vẹn, không "
        "có tranh chấp với các hộ liền kề."
    )
    end = day + timedelta(days=0)
    flow.text(
        f"Biên bản lập xong hồi 10 giờ cùng ngày ({slashed(end)}), đã đọc lại cho mọi người cùng nghe và "
        "ký tên xác nhận."
    )
    flow.need(50)
    y = flow.y + 5
    for centre, office, person in (
        (58.0, "CHỦ HỘ", people[0].name),
        (152.0, "NGƯỜI LẬP BIÊN BẢN", scene.population.official()),
    ):
        sign(
            scene,
            flow.canvas,
            centre,
            y,
            Signer(over=(office,), hints=("(Ký, ghi rõ họ tên)",), name=person, field=""),
            room=23,
        )
    return flow.paper()


def older_marriage(scene: Scene, pair: Couple) -> Paper:
    """The certificate of 2010 (``TP/HT-2010-KH2``): husband's part over the wife's, number and book."""
    canvas, look = security_sheet(scene), scene.look(size=12.2)
    y = republic_head(canvas, look, y=look.top + 4)
    y = title(canvas, y + 2, "GIẤY CHỨNG NHẬN KẾT HÔN", size=18, colour=RED)
    year = pair.married.year
    number = Span(
        text=f"{scene.rng.randint(5, 210)}/{year}", style=look.body.but(bold=True), field="document_number"
    )
    book = Span(text=f"01/{year}", style=look.body.but(bold=True), field="book_number")
    canvas.write(182, y, Span(text="Số: ", style=look.body), number, anchor="r")
    canvas.write(182, y + 6, Span(text="Quyển số: ", style=look.body), book, anchor="r")
    y += 15
    half = (look.width - 6) / 2
    ends = []
    for x, word, person, key in (
        (look.left, "vợ", pair.wife, "wife"),
        (look.left + half + 6, "chồng", pair.husband, "husband"),
    ):
        rows = Form(canvas=canvas, look=look, fill=look.body, x=x, width=half, leader_colour=DARK_RED)
        ends.append(
            print_rows(
                rows,
                y,
                (
                    name_cell(f"Họ và tên {word}:", person, f"{key}_name", bold=True),
                    date_cell("Ngày, tháng, năm sinh:", person.born, f"{key}_birth_date"),
                    (
                        Cell(label="Dân tộc:", text=person.ethnicity),
                        Cell(label="Quốc tịch:", text="Việt Nam"),
                    ),
                    Cell(label="Nơi thường trú/tạm trú:", text=person.home.text),
                    Cell(
                        label="Số Giấy CMND:",
                        text=person.old_number or person.number,
                        field=f"{key}_personal_number",
                    ),
                ),
            )
        )
    rows = form(canvas, look, leader_colour=DARK_RED)
    area = pair.husband.home.area
    place = f"Ủy ban nhân dân {area.ward[0].lower()}{area.ward[1:]}, {area.province}"
    y = print_rows(
        rows,
        max(ends) + 3,
        (
            Cell(label="Nơi đăng ký:", text=place, field="issuer"),
            date_cell("Ngày, tháng, năm đăng ký:", pair.married, "issue_date"),
            Cell(label="Ghi chú:", text="", field="note"),
        ),
    )
    _couple_signs(scene, canvas, y, pair)
    canvas.write(look.left - 8, 281, Span(text="TP/HT-2010-KH2", style=Style(size=9)))
    return single(canvas, "gcn_ket_hon")


def _couple_signs(scene: Scene, canvas: Canvas, y: float, pair: Couple) -> None:
    area = pair.husband.home.area
    for centre, office, person in ((52.0, "Vợ", pair.wife), (105.0, "Chồng", pair.husband)):
        sign(scene, canvas, centre, y + 6, Signer(over=(office,), name=person.name, field=""), room=24)
    signer = Signer(
        over=("NGƯỜI THỰC HIỆN",),
        name=scene.population.official(),
        around=f"ỦY BAN NHÂN DÂN {area.ward}",
        below=area.province,
        field="signer_name",
    )
    sign(scene, canvas, 158, y + 6, signer, room=27)
