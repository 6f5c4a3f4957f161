"""The values that go into forms, in Vietnamese words; the names of all places stand here.

Rule: a value that is not known is left empty and printed as dots, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dossiers.agencies import AgencyDirectory, Signer
from dossiers.case import CaseStep
from dossiers.case_file import CaseFile
from dossiers.case_moves import CaseMoves
from dossiers.case_taking_back import TAKE_BACK, counted
from dossiers.document import Document
from dossiers.document_names import document_name
from dossiers.form_template import FormTemplate
from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.printed_form import FormFacts, PaperMark
from dossiers.procedures import Procedure
from dossiers.slot import Slot

#: Places of single values.
VALUES: Final = frozenset(
    {
        "dossier_code",
        "procedure_code",
        "procedure_name",
        "receiving_name",
        "parent_name",
        "receiving_address",
        "receiving_phone",
        "competent_name",
        "support_name",
        "owner_name",
        "owner_address",
        "owner_identifier",
        "contact_phone",
        "bearer_name",
        "authorisation",
        "term",
        "received_time",
        "received_day",
        "counts_from",
        "due_time",
        "former_due_time",
        "provisional_note",
        "reason",
        "step_time",
        "book",
        "register_number",
        "dated",
        "signer_post",
        "signer_name",
        "first_day",
        "last_day",
    }
)
#: Places of rows, by list.
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "papers": ("number", "name", "form", "note"),
    "asked": ("number", "name"),
    "steps": ("number", "time", "action", "by", "state"),
    "entries": ("number", "code", "procedure", "owner", "received", "due", "ended", "state"),
}
_FORMS: Final = {"B": "Bản chính", "C": "Bản sao", "X": "Xuất trình", "": ""}
_ACTIONS: Final = {
    "open": "Lập hồ sơ",
    "accept": "Tiếp nhận",
    "process": "Chuyển giải quyết",
    "request_supplement": "Yêu cầu bổ sung",
    "receive_supplement": "Nhận bổ sung",
    "request_payment": "Yêu cầu nghĩa vụ tài chính",
    "receive_payment": "Đã thực hiện nghĩa vụ tài chính",
    "reappoint": "Xin lỗi, hẹn lại",
    "refuse": "Từ chối",
    "stop": "Dừng giải quyết",
    "continue": "Tiếp tục giải quyết",
    "withdraw": "Rút hồ sơ",
    "finish": "Giải quyết xong",
    "return": "Trả kết quả",
    TAKE_BACK: "Hoàn tác bước trước",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContext:
    """What a form needs beside the case.

    Attributes:
        procedure: as it was on the day of opening; ``None`` where the catalogue has none.
        agencies: the directory.
        moves: names of the states.
        printed_at: UTC.
        register_number: place of the case in the register of the year; 0 where it has none.
        is_provisional: whether holidays within the term are not listed yet.
    """

    procedure: Procedure | None
    agencies: AgencyDirectory
    moves: CaseMoves
    printed_at: datetime
    register_number: int = 0
    is_provisional: bool = False


def facts_of(template: FormTemplate, file: CaseFile, context: FormContext) -> FormFacts:
    """The values of a form about one case."""
    dossier, case = file.dossier, file.case
    mark = PaperMark(
        dossier_code=dossier.code,
        procedure_code=dossier.procedure_code or "",
        owner_identifier=case.parties.owner.identifier,
        paper_name=template.name,
    )
    values = _places(file, context) | _people(file) | _times(file, context) | _last_step(template, file)
    lists = {
        "papers": tuple(_papers(file)),
        "asked": tuple(_asked(file)),
        "steps": tuple(_steps(file, context.moves)),
    }
    return FormFacts(values=values, lists=lists, mark=mark)


def long_time(moment: datetime | None) -> str:
    """A moment as forms write it; empty for none."""
    if moment is None:
        return ""
    local = moment.astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M} phút, {long_day(local.date())}"


def long_day(day: date | None) -> str:
    """A day as forms write it; empty for none."""
    return "" if day is None else f"ngày {day:%d} tháng {day:%m} năm {day.year}"


def short_time(moment: datetime | None) -> str:
    """A moment for tables; empty for none."""
    return "" if moment is None else f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _places(file: CaseFile, context: FormContext) -> dict[str, str]:
    day = day_in_vietnam(file.dossier.opened_at)
    places = file.case.places
    receiving = context.agencies.on(places.receiving_point, day)
    printed = day_in_vietnam(context.printed_at)
    return {
        "receiving_name": receiving.name,
        "parent_name": receiving.parent_name,
        "receiving_address": receiving.address,
        "receiving_phone": receiving.phone,
        "competent_name": context.agencies.on(places.competent_agency, day).name,
        "support_name": context.agencies.on(places.support_point, day).name if places.support_point else "",
        "dated": f"{receiving.place + ', ' if receiving.place else ''}{long_day(printed)}",
        "book": f"01/{day.year}",
        "register_number": str(context.register_number or ""),
        "procedure_code": file.dossier.procedure_code or "",
        "procedure_name": context.procedure.name if context.procedure else file.dossier.title,
        "term": context.procedure.time.text if context.procedure else "",
    } | _signer(context.agencies.signers_on(places.receiving_point, printed))


def _signer(signers: Sequence[Signer]) -> dict[str, str]:
    """The one who signs for the receiving point on the day of printing; of several a clerk decides."""
    if len(signers) != 1:
        return {}
    return {"signer_post": signers[0].post, "signer_name": signers[0].name}


def _people(file: CaseFile) -> dict[str, str]:
    parties = file.case.parties
    return {
        "dossier_code": file.dossier.code,
        "owner_name": parties.owner.name,
        "owner_address": parties.owner.address,
        "owner_identifier": parties.owner.identifier,
        "contact_phone": parties.present.phone or parties.owner.phone,
        "bearer_name": parties.bearer.name if parties.bearer else "",
        "authorisation": parties.authorisation,
    }


def _times(file: CaseFile, context: FormContext) -> dict[str, str]:
    clock = file.case.clock
    provisional = "Ngày hẹn là tạm tính: lịch nghỉ lễ của năm sau chưa được công bố."
    return {
        "received_time": long_time(clock.received_at),
        "received_day": f"{clock.received_at.astimezone(VIETNAM):%d/%m/%Y}" if clock.received_at else "",
        "counts_from": f"{clock.counts_from:%d/%m/%Y}" if clock.counts_from else "",
        "due_time": long_time(clock.due_at),
        "provisional_note": provisional if context.is_provisional else "",
    }


def _last_step(template: FormTemplate, file: CaseFile) -> dict[str, str]:
    actions = {
        "supplement_request": "request_supplement",
        "refusal": "refuse",
        "apology": "reappoint",
        "stop_notice": "stop",
    }
    wanted = actions.get(template.form_id)
    steps = counted(file.steps)
    places = [place for place, each in enumerate(steps) if each.action == wanted]
    if not places:
        return {}
    step = steps[places[-1]]
    before = [each.due_at for each in steps[: places[-1]] if each.due_at]
    return {
        "reason": step.reason,
        "step_time": long_time(step.at),
        "former_due_time": long_time(before[-1]) if before else "",
    }


def _papers(file: CaseFile) -> list[dict[str, str]]:
    documents = {each.document_id: each for each in file.documents}
    rows = [_slot_row(slot, documents, file) for slot in file.slots]
    rows += [_other_row(each) for each in file.others]
    kept = [each for each in rows if each is not None]
    return [{**row, "number": str(number)} for number, row in enumerate(kept, start=1)]


def _slot_row(slot: Slot, documents: Mapping[str, Document], file: CaseFile) -> dict[str, str] | None:
    row = {"name": slot.rule.name, "form": _FORMS.get(slot.rule.form, ""), "note": ""}
    if slot.document_id in documents:
        pages = len(documents[slot.document_id].page_ids) if slot.document_id else 0
        return {**row, "note": f"đã nộp, {pages} trang"}
    if not slot.rule.is_required and slot.rule.policy != "present_only":
        return None
    if slot.rule.policy == "present_only":
        return {**row, "note": "xuất trình, đã trả lại"} if slot.rule.form == "X" else None
    return {**row, "note": "đang nhận dạng" if file.waiting_count else "CHƯA NỘP"}


def _other_row(document: Document) -> dict[str, str] | None:
    if document.type_id == "blank":
        return None
    return {
        "name": document_name(document, "vi"),
        "form": "",
        "note": f"giấy tờ khác, {len(document.page_ids)} trang",
    }


def _asked(file: CaseFile) -> list[dict[str, str]]:
    items = file.supplements[-1].items if file.supplements else ()
    return [{"number": str(number), "name": each} for number, each in enumerate(items, start=1)]


def _steps(file: CaseFile, moves: CaseMoves) -> list[dict[str, str]]:
    return [_step_row(number, each, moves) for number, each in enumerate(file.steps, start=1)]


def _step_row(number: int, step: CaseStep, moves: CaseMoves) -> dict[str, str]:
    state = moves.state(step.to_state).vi
    return {
        "number": str(number),
        "time": short_time(step.at),
        "action": _ACTIONS.get(step.action, step.action),
        "by": step.by,
        "state": f"{state}: {step.reason}" if step.reason else state,
    }
