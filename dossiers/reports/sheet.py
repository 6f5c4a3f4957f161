"""The weekly report as plain tables, as it is handed in: Vietnamese, official names of columns.

An unknown rate is an empty cell and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dossiers.local_time import VIETNAM
from dossiers.rate import Rate
from dossiers.reports.figures import Figures
from dossiers.reports.weekly import ReportState, WeeklyReport

#: A cell: text, a count, a share from 0 to 1, or nothing.
Cell = str | int | float | None
_EMPTY: Final = "(không có)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table.

    Attributes:
        name: up to 31 characters, without ``[]:*?/\\``.
        title: what stands above the table.
        heads: names of the columns.
        rows: cells; floats are shares and shown in per cent.
        notes: lines below the table.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def sheets_of(report: WeeklyReport, unit_name: str) -> tuple[Sheet, ...]:
    """The tables of a report: its five parts, then the figures by procedure.

    Args:
        report: draft or signed.
        unit_name: what the unit is called.
    """
    return _summary(report, unit_name), _procedures(report, unit_name)


def _summary(report: WeeklyReport, unit_name: str) -> Sheet:
    figures, written = report.figures, report.written
    rows: list[tuple[Cell, ...]] = [
        ("1", "Tình hình triển khai", written.deployment or _EMPTY),
        *(("2", name, value) for name, value in _received(figures)),
        ("3", "Kết quả đã trả", figures.returned),
        ("4", "Khó khăn, vướng mắc", written.difficulties or _EMPTY),
        ("5", "Kiến nghị, đề xuất", written.proposals or _EMPTY),
    ]
    return Sheet(
        name="Báo cáo tuần",
        title=f"Báo cáo tuần {report.week.number}/{report.week.year} – {unit_name} ({report.unit})",
        heads=("Phần", "Nội dung", "Số liệu"),
        rows=tuple(rows),
        notes=_notes(report),
    )


def _received(figures: Figures) -> tuple[tuple[str, Cell], ...]:
    waiting = figures.waiting
    minutes = None if waiting.average_seconds is None else round(waiting.average_seconds / 60)
    return (
        ("Tiếp nhận", figures.received),
        ("– trực tiếp", figures.direct),
        ("– bưu chính công ích", figures.post),
        ("– trực tuyến", figures.online),
        ("Chưa số hóa thành phần hồ sơ", figures.not_digitized),
        ("Có số hóa thành phần hồ sơ", figures.digitized),
        ("Tỷ lệ hồ sơ số hóa (chưa tính đồng bộ Cổng DVCQG)", share(figures.digitized_rate)),
        ("Có tái sử dụng thành phần hồ sơ", figures.reused),
        ("Có tái sử dụng từ cơ sở dữ liệu quốc gia", figures.reused_national),
        ("Tỷ lệ tái sử dụng (QĐ 766/QĐ-TTg)", share(figures.reuse_rate)),
        ("Giấy tờ không phải nộp", figures.papers_saved),
        ("Đã giải quyết", figures.resolved),
        ("– đúng hạn", figures.resolved_in_time),
        ("Không tiếp nhận, rút hồ sơ", figures.ended_otherwise),
        ("Đang giải quyết, còn hạn", figures.running_in_time),
        ("Đang giải quyết, quá hạn", figures.running_late),
        ("Tỷ lệ đúng hạn (QĐ 766/QĐ-TTg)", share(figures.on_time_rate)),
        ("Kết quả đã số hóa", figures.results_digitized),
        ("Lượt lấy số", waiting.tickets),
        ("Thời gian chờ trung bình (phút)", minutes),
        ("Lượt chờ từ 20 phút", waiting.over_limit),
    )


def _procedures(report: WeeklyReport, unit_name: str) -> Sheet:
    return Sheet(
        name="Theo thủ tục",
        title=f"Theo thủ tục hành chính – {unit_name}",
        heads=("Mã thủ tục", "Tiếp nhận", "Có số hóa TPHS", "Có tái sử dụng", "Đã giải quyết"),
        rows=tuple(
            (
                each.procedure_code or "(không theo thủ tục)",
                each.received,
                each.digitized,
                each.reused,
                each.resolved,
            )
            for each in report.figures.procedures
        ),
    )


def _notes(report: WeeklyReport) -> tuple[str, ...]:
    start, end = (each.astimezone(VIETNAM) for each in (report.week.start, report.week.deadline))
    lines = [
        f"Số liệu từ {start:%H:%M %d/%m/%Y} đến trước {end:%H:%M %d/%m/%Y}; "
        f"lần điều chỉnh: {report.revision - 1}.",
    ]
    if report.state is ReportState.SIGNED and report.signed_at is not None:
        late = " (sau hạn)" if report.is_late else ""
        signed = report.signed_at.astimezone(VIETNAM)
        lines.append(f"Người ký: {report.signed_by}, {signed:%H:%M %d/%m/%Y}{late}.")
    else:
        lines.append("BẢN DỰ THẢO – chưa ký.")
    return tuple(lines)


def share(rate: Rate) -> Cell:
    """The share of a rate; nothing where it is unknown."""
    return None if rate.value is None else float(rate.value)
