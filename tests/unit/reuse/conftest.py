"""Builds a person's store in plain words, asks for a procedure, and says in one word what came of each slot.

The names are Vietnamese, as those of the cases that use them: giay = paper, cua = whose, het_han = expires.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from dossiers.catalogue import load_catalogue
from dossiers.citizens import HolderNumber
from dossiers.confirmed import ConfirmedPaper
from dossiers.consent import Purpose
from dossiers.dossier import Dossier
from dossiers.holder_lookup import find_or_add
from dossiers.national import NationalAnswer, NationalStatus
from dossiers.procedures import DataSource
from dossiers.reading import CopyKind
from dossiers.result import IssuedResult, Revocation
from dossiers.reuse_desk import ReuseAnswer, ReuseDesk
from dossiers.reuse_file import load_book
from dossiers.reuse_outcome import AskSource, Granted, Refused, SlotOutcome
from dossiers.testing import FixedClock, MemoryNumberIndex, MemoryRecordStore, MemoryRegister
from dossiers.vault import Vault

#: Invented people: province code 003 is assigned to nobody.
CHI_HOA = "003195500150"
ANH_NAM = "003090123456"
TRE_EM = "003212000007"
CMND_CU = "012345678"
HO_CHIEU = "C1234567"
CONG_TY = "0100109106"
CAN_BO = "Trần Thị Cán Bộ"
HOM_NAY = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
TAT_CA = (Purpose.KEEP, Purpose.REUSE)
_BOOK = load_book()
_CATALOGUE = load_catalogue()


@dataclass(frozen=True, kw_only=True)
class Giay:
    """One paper in the store; ``cua`` is the number it prints, ``None`` for none."""

    loai: str
    cua: str | None = CHI_HOA
    cap: date | None = date(2024, 5, 20)
    het_han: date | None = None
    khong_thoi_han: bool = False
    sinh: date | None = date(1995, 3, 1)
    ban: CopyKind = CopyKind.ORIGINAL
    thu_hoi: bool = False
    muc_dich: str = ""
    ket_qua: bool = False
    ket_qua_thu_hoi: bool = False
    ket_qua_het_han: date | None = None
    thu_tuc: str = "1.001193"
    can_bo: str = CAN_BO
    so_giay: str | None = None
    trang: int = 1


def csdl(**trang_thai: str) -> dict[DataSource, NationalAnswer]:
    """What the databases answer: ``csdl(dan_cu="found")``."""
    return {
        DataSource(source): NationalAnswer(
            source=DataSource(source),
            status=NationalStatus(status),
            adapter="memory/1",
            reference="TC-0001" if status == "found" else "",
        )
        for source, status in trang_thai.items()
    }


@dataclass
class Kho:
    """One office with the store of one person."""

    nguoi: str = CHI_HOA
    dong_y: tuple[Purpose, ...] = TAT_CA
    csdl: Mapping[DataSource, NationalAnswer] = field(default_factory=dict)
    noi: frozenset[DataSource] = frozenset(DataSource)

    def __post_init__(self) -> None:
        self.clock = FixedClock(HOM_NAY)
        self.records = MemoryRecordStore()
        self.index = MemoryNumberIndex()
        self.register = MemoryRegister(answers=self.csdl)
        self.vault = Vault(records=self.records, index=self.index, clock=self.clock)
        self.desk = ReuseDesk(
            records=self.records,
            index=self.index,
            catalogue=_CATALOGUE,
            book=_BOOK,
            register=self.register,
            connected=self.noi,
            checklist=lambda dossier: _CATALOGUE.get(dossier.procedure_code or "", HOM_NAY.date()).slot_rules,
            clock=self.clock,
        )
        if self.dong_y:
            self.vault.consent(self.so(), self.dong_y, CAN_BO)
        self._dem = 0

    def so(self, text: str = "") -> HolderNumber:
        return HolderNumber.parse(text or self.nguoi)

    def co(self, giay: Giay, cua_kho: str = "") -> str:
        """Puts a confirmed paper into the store (of the person, or of another); returns its id."""
        self._dem += 1
        paper_id = f"giay-{self._dem:03}"
        dossier_id = self.mo_ho_so(giay.thu_tuc)
        with self.records.transaction() as work:
            holder = find_or_add(work, self.so(cua_kho), self.index, self.clock)
            paper = ConfirmedPaper(
                paper_id=paper_id,
                holder_id=holder.holder_id,
                dossier_id=dossier_id,
                dossier_code=f"H29.119-260105-{self._dem:04}",
                procedure_code=giay.thu_tuc,
                type_id=giay.loai,
                page_count=giay.trang,
                copy_kind=giay.ban,
                issued_on=giay.cap,
                expires_on=giay.het_han,
                is_unlimited=giay.khong_thoi_han,
                born_on=giay.sinh,
                subject=self.index.of(self.so(giay.cua)) if giay.cua else None,
                claim=self.index.of_paper(giay.loai, giay.so_giay) if giay.so_giay else None,
                purpose=giay.muc_dich,
                confirmed_by=giay.can_bo,
                confirmed_at=HOM_NAY.replace(month=1),
                revoked_at=HOM_NAY.replace(month=2) if giay.thu_hoi else None,
            )
            work.papers.add(paper, ())
            if giay.ket_qua or giay.ket_qua_thu_hoi:
                work.results.add(self._ket_qua(paper, giay))
        return paper_id

    def mo_ho_so(self, thu_tuc: str, nguoi: str = "") -> str:
        """Opens a dossier of the person; returns its id."""
        with self.records.transaction() as work:
            number = work.dossiers.next_number("H29.119", "260105")
            dossier = Dossier(
                dossier_id=f"hs-{number:03}",
                code=f"H29.119-260105-{number:04}",
                intake_key=f"nhan-{number}",
                procedure_code=thu_tuc,
                citizen_number=nguoi or self.nguoi,
                title="",
                opened_at=HOM_NAY,
            )
            work.dossiers.add(dossier)
        return dossier.dossier_id

    def hoi(self, thu_tuc: str, **more: object) -> ReuseAnswer:
        """Asks what need not be brought for a procedure."""
        return self.desk.explain(self.so(), thu_tuc, "H29.119", CAN_BO, **more)  # type: ignore[arg-type]

    def o(self, thu_tuc: str, key: str, **more: object) -> SlotOutcome:
        """The answer for one slot."""
        return next(each for each in self.hoi(thu_tuc, **more).slots if each.rule.key == key)

    def _ket_qua(self, paper: ConfirmedPaper, giay: Giay) -> IssuedResult:
        result = IssuedResult(
            code=f"{paper.dossier_code}-KQ(1)",
            dossier_id=paper.dossier_id,
            number=1,
            name="Kết quả",
            type_id=paper.type_id,
            document_id=paper.paper_id,
            national_code="",
            issued_on=giay.cap or HOM_NAY.date(),
            valid_until=giay.ket_qua_het_han,
            recorded_at=HOM_NAY.replace(month=1),
            recorded_by=CAN_BO,
        )
        if not giay.ket_qua_thu_hoi:
            return result
        return replace(
            result, revocation=Revocation(at=HOM_NAY.replace(month=3), by=CAN_BO, reason="cấp sai")
        )


def noi_gon(slot: SlotOutcome) -> str:
    """What came of a slot in one word: ``duoc:kho``, ``tu_choi:EXPIRED``, ``hoi``, ``quet:NOTHING_HELD``."""
    outcome = slot.outcome
    if isinstance(outcome, Granted):
        return f"duoc:{outcome.source.value}"
    if isinstance(outcome, Refused):
        return f"tu_choi:{outcome.code}"
    return "hoi" if isinstance(outcome, AskSource) else f"quet:{outcome.code}"


@pytest.fixture
def mo_kho() -> type[Kho]:
    """Makes a store; see ``Kho``."""
    return Kho


@pytest.fixture
def giay() -> type[Giay]:
    """Makes a paper; see ``Giay``."""
    return Giay


@pytest.fixture
def gon() -> Callable[[SlotOutcome], str]:
    """Says in one word what came of a slot."""
    return noi_gon


@pytest.fixture
def answers() -> Callable[..., dict[DataSource, NationalAnswer]]:
    """What databases answer; see ``csdl``."""
    return csdl
