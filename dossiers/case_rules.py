"""What the rules of the counter forbid, each with its sentence for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dossiers.case import Case, Places
from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import AgainstRule, RecordError
from dossiers.local_time import day_in_vietnam
from dossiers.procedures import Procedure
from dossiers.working_calendar import WorkingCalendar


def check_reception(procedure: Procedure, places: Places) -> None:
    """Whether a point may receive a procedure for an agency.

    Any point may receive one flagged non-geographic, and one whose flag no source tells; only one that is
    flagged bound to its place is refused elsewhere.

    Raises:
        InputError: BAD_AGENCY_CODE.
        AgainstRule: NOT_RECEIVED_HERE.
    """
    receiving, competent = AgencyCode.parse(places.receiving_point), AgencyCode.parse(places.competent_agency)
    if places.support_point:
        AgencyCode.parse(places.support_point)
    if procedure.is_non_geographic is False and not (
        receiving.is_within(competent) or competent.is_within(receiving)
    ):
        raise AgainstRule(
            "NOT_RECEIVED_HERE",
            vi=f"Thủ tục {procedure.number} chỉ được nộp tại cơ quan có thẩm quyền {competent}.",
            en=f"procedure {procedure.number} is received by its own agency {competent} only",
        )


def against_one_request(case: Case, items: Sequence[str], most: int) -> None:
    """Papers are asked for once, and all of them (Nghị định 61/2018/NĐ-CP).

    Raises:
        AgainstRule: NOTHING_ASKED, SUPPLEMENT_ASKED_BEFORE.
    """
    if not any(each.strip() for each in items):
        raise AgainstRule(
            "NOTHING_ASKED",
            vi="Hãy nêu ít nhất một giấy tờ cần bổ sung.",
            en="a request for papers names at least one paper",
        )
    if case.supplement_requests >= most:
        raise AgainstRule(
            "SUPPLEMENT_ASKED_BEFORE",
            vi="Đã yêu cầu bổ sung hồ sơ đủ số lần cho phép; không được yêu cầu thêm.",
            en=f"papers may be asked for {most} time(s), and were",
        )


def against_one_reappointment(case: Case, most: int) -> None:
    """The return is put off at most once (Nghị định 61/2018/NĐ-CP).

    Raises:
        AgainstRule: REAPPOINTED_BEFORE.
    """
    if case.reappointments >= most:
        raise AgainstRule(
            "REAPPOINTED_BEFORE",
            vi="Đã hẹn lại ngày trả kết quả đủ số lần cho phép; không được hẹn lại nữa.",
            en=f"the return may be put off {most} time(s), and was",
        )


def check_new_day(case: Case, new_day: date, calendar: WorkingCalendar) -> None:
    """A new day is a working day after the one promised before.

    Raises:
        AgainstRule: BAD_NEW_DAY.
    """
    promised = day_in_vietnam(case.clock.due_at) if case.clock.due_at else None
    if not calendar.is_working_day(new_day) or (promised is not None and new_day <= promised):
        raise AgainstRule(
            "BAD_NEW_DAY",
            vi="Ngày hẹn lại phải là ngày làm việc và sau ngày đã hẹn.",
            en="the new day must be a working day after the promised one",
        )


def no_case(dossier_id: str) -> RecordError:
    """The error for a dossier that was digitized without a case."""
    return RecordError(
        "NO_CASE",
        vi="Hồ sơ này chỉ được số hóa, không có quá trình giải quyết.",
        en=f"dossier {dossier_id} was digitized without a case",
        hint="open a case with: sohoa dossier open",
    )


def papers_missing(names: Sequence[str]) -> AgainstRule:
    """A receipt is asked for while main papers are missing."""
    return AgainstRule(
        "PAPERS_MISSING",
        vi=f"Còn thiếu thành phần chính: {'; '.join(names)}.",
        en=f"{len(names)} main paper(s) are missing",
        hint="ask for them with: sohoa dossier supplement; or print anyway with --incomplete",
    )
