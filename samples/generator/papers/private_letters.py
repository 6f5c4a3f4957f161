"""Papers between private people, with motto and title like an official form but of no known type.

All wording is invented. Only the training split draws them: the strays of the other splits stay unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from samples.generator.layout import Cell, Signer, form, pen, republic_head, sign, title
from samples.generator.papers.frame import single
from samples.generator.scene import Paper, Scene
from samples.generator.style import Span
from samples.generator.wording import grouped, slashed, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One kind of paper.

    Attributes:
        title: its title.
        to: who it is addressed to; empty for nobody.
        labels: labels of its rows; ``{name}``, ``{day}``, ``{money}``, ``{place}`` stand for what is put in.
        promise: its last sentence.
        signers: who signs.
    """

    title: str
    to: str
    labels: tuple[tuple[str, str], ...]
    promise: str
    signers: tuple[str, ...]


_LETTERS: Final = (
    Letter(
        title="ĐƠN XIN VIỆC",
        to="Ban giám đốc Công ty may Chim Én",
        labels=(
            ("Tôi tên là:", "{name}"), ("Sinh ngày:", "{day}"), ("Chỗ ở hiện nay:", "{place}"),
            ("Trình độ văn hóa:", "12/12"), ("Nghề đã làm:", "Thợ may"), ("Vị trí mong muốn:", "Tổ may số 3"),
        ),
        promise="Nếu được nhận vào làm việc, tôi hứa theo nội quy của công ty và làm tốt việc được giao.",
        signers=("Người viết đơn",),
    ),
    Letter(
        title="SƠ YẾU LÝ LỊCH",
        to="",
        labels=(
            ("Họ và tên khai sinh:", "{name}"), ("Bí danh:", "Không"), ("Sinh ngày:", "{day}"),
            ("Chỗ ở hiện nay:", "{place}"), ("Thành phần gia đình:", "Nông dân"),
            ("Trình độ ngoại ngữ:", "Anh văn A2"), ("Khen thưởng, kỷ luật:", "Không"),
        ),
        promise="Tôi xin cam đoan những lời khai trên là đúng sự thật, nếu sai tôi xin chịu trách nhiệm.",
        signers=("Người khai",),
    ),
    Letter(
        title="PHIẾU THU",
        to="",
        labels=(
            ("Họ và tên người nộp tiền:", "{name}"), ("Địa chỉ:", "{place}"), ("Lý do nộp:", "Thuê quầy"),
            ("Số tiền:", "{money} đồng"), ("Kèm theo:", "01 chứng từ gốc"),
        ),
        promise="Đã nhận đủ số tiền nêu trên.",
        signers=("Người nộp tiền", "Thủ quỹ"),
    ),
    Letter(
        title="GIẤY VAY TIỀN",
        to="",
        labels=(
            ("Bên cho vay:", "{name}"), ("Địa chỉ bên cho vay:", "{place}"), ("Bên vay:", "{name}"),
            ("Số tiền vay:", "{money} đồng"), ("Ngày trả:", "{day}"), ("Lãi suất:", "Không tính lãi"),
        ),
        promise="Bên vay hứa trả đủ và đúng hẹn; hai bên đã đọc lại và đồng ý ký tên.",
        signers=("Bên vay", "Bên cho vay"),
    ),
    Letter(
        title="HỢP ĐỒNG THUÊ NHÀ",
        to="",
        labels=(
            ("Bên cho thuê nhà:", "{name}"), ("Bên thuê nhà:", "{name}"), ("Nhà cho thuê tại:", "{place}"),
            ("Giá thuê một tháng:", "{money} đồng"), ("Thời hạn thuê từ ngày:", "{day}"),
            ("Tiền đặt cọc:", "{money} đồng"),
        ),
        promise="Hợp đồng được lập thành hai bản, mỗi bên giữ một bản và có giá trị như nhau.",
        signers=("Bên cho thuê", "Bên thuê"),
    ),
    Letter(
        title="GIẤY BẢO HÀNH",
        to="",
        labels=(
            ("Khách hàng:", "{name}"), ("Địa chỉ:", "{place}"), ("Tên sản phẩm:", "Máy giặt Hải Âu 8 kg"),
            ("Ngày mua:", "{day}"), ("Thời hạn bảo hành:", "24 tháng"),
        ),
        promise="Giấy này không thay cho hóa đơn. Mất giấy, cửa hàng không bảo hành.",
        signers=("Cửa hàng",),
    ),
)  # fmt: skip


def _letter(kind: Letter, scene: Scene) -> Paper:
    canvas, look = scene.sheet(), scene.look(size=12.8)
    y = republic_head(canvas, look) if scene.rng.random() < 0.75 else 24.0
    y = title(canvas, y + 4, kind.title, size=16)
    if kind.to:
        canvas.write(105, y + 3, Span(text=f"Kính gửi: {kind.to}", style=look.body), anchor="m")
    rows = form(canvas, look, fill=pen(look))
    y += 14
    for label, text in kind.labels:
        y = rows.row(y, Cell(label=label, text=_filled(scene, text)))
    words = [Span(text=kind.promise, style=look.body)]
    y = canvas.paragraph(look.left, y + 2, look.width, words, leading=look.leading, indent=8)
    day = Span(text=spoken(scene.today).capitalize(), style=look.body.but(italic=True))
    canvas.write(150, y + 8, day, anchor="m")
    for at, office in enumerate(kind.signers):
        signer = Signer(
            over=(office,), hints=("(Ký, ghi rõ họ tên)",), name=scene.population.official(), field=""
        )
        sign(scene, canvas, 150.0 - 90.0 * at, y + 16, signer, room=22)
    return single(canvas, "unknown")


def _filled(scene: Scene, text: str) -> str:
    return text.format(
        name=scene.population.official(),
        day=slashed(scene.before(scene.rng.randint(10, 9000))),
        money=grouped(scene.rng.randint(2, 900) * 100_000),
        place=scene.gazetteer.address(scene.area).text,
    )


#: Papers that need nothing but the scene.
PRIVATE: Final[tuple[Callable[[Scene], Paper], ...]] = tuple(partial(_letter, kind) for kind in _LETTERS)
