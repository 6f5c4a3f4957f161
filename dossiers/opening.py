"""Opening a dossier inside a transaction: its code, its record, its audit fact.

Rule: the number is counted up in the transaction that adds the dossier, so codes of one agency and day have
neither gap nor double whatever fails or runs at the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.codes.dossier_code import DossierCode
from dossiers.dossier import Dossier
from dossiers.errors import ResourceError
from dossiers.events import Event, EventKind
from dossiers.local_time import day_in_vietnam
from dossiers.page import derived_id
from dossiers.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a dossier is opened with; see ``Dossier`` for the meaning of each."""

    agency: str
    intake_key: str
    procedure_code: str | None
    citizen_number: str | None
    title: str


def open_dossier(work: UnitOfWork, opening: Opening, now: datetime) -> Dossier:
    """Opens a dossier, or returns the one that was opened with the same intake key.

    Raises:
        ResourceError: ``CLOCK_WRONG``, the clock of this machine shows a day that no code can bear; papers
            wait until it is set.
        InputError: BAD_DOSSIER_CODE, the agency's numbers of the day are used up or it can head no code.
    """
    known = work.dossiers.by_intake_key(opening.intake_key)
    if known is not None:
        return known
    day = day_in_vietnam(now)
    if day.year // 100 != 20:
        raise ResourceError(
            "CLOCK_WRONG",
            vi=f"Đồng hồ của máy đang chỉ năm {day.year}; hãy báo quản trị viên chỉnh lại giờ rồi thử lại.",
            en=f"the clock of this machine shows the year {day.year}; have it set, then try again",
            hint="set the clock (timedatectl); its battery may be empty",
        )
    number = work.dossiers.next_number(opening.agency, day.strftime("%y%m%d"))
    dossier = Dossier(
        dossier_id=derived_id("dossier", opening.intake_key),
        code=str(DossierCode.issue(agency=opening.agency, day=day, sequence=number)),
        intake_key=opening.intake_key,
        procedure_code=opening.procedure_code,
        citizen_number=opening.citizen_number,
        title=opening.title,
        opened_at=now,
    )
    work.dossiers.add(dossier)
    opened = Event(
        kind=EventKind.DOSSIER_OPENED,
        dossier_id=dossier.dossier_id,
        subject_id=dossier.dossier_id,
        at=now,
    )
    work.events.append(opened)
    return dossier
