"""The weekly report as a file for spreadsheet programs."""

from __future__ import annotations

from typing import Final

from litestar import Response

from dossiers.reports.sheet import sheets_of
from dossiers.reports.weekly import WeeklyReport
from reception.services import DeskServices

#: Media type of the file.
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_of(desk: DeskServices, report: WeeklyReport) -> Response[bytes]:
    """The file as an attachment."""
    made = desk.write_xlsx(sheets_of(report, desk.agency_name))
    name = f"bao-cao-tuan-{report.unit}-{report.week}.xlsx"
    return Response(made, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
