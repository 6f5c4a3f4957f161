"""Procedures as dated data: what a procedure asks for, since when, where, and how we know.

A procedure is known by code, variant, agency and dates: the same national code has other components in
another province or after a reform, and a dossier keeps what was in force on its day. What no source says is
``None`` or empty, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossiers.codes.agency_code import AgencyCode
from dossiers.day_span import holds_day
from dossiers.slot import SlotRule


class ComponentPolicy(StrEnum):
    """What is done with a paper (Thông tư 01/2023/TT-VPCP; Nghị định 61/2018/NĐ-CP, Điều 17)."""

    DIGITIZE = "digitize"  # scanned, signed and reusable
    CAPTURE_ONLY = "capture_only"  # image for the record: copies carry no value of an original
    PRESENT_ONLY = "present_only"  # shown and handed back
    ALREADY_SHARED = "already_shared"  # a database has it with legal value: may not be asked for
    FORBIDDEN = "forbidden"  # secret, or marked not to be copied


class FormRequired(StrEnum):
    """In which form a paper is asked for; the letters are those used on checklists."""

    ORIGINAL = "B"
    COPY = "C"
    PRESENT = "X"


class SourceKind(StrEnum):
    """How we know a thing; everything but memory has been read in a source."""

    LAW = "law"
    OFFICIAL = "official"
    PRACTICE = "practice"  # third parties who work with it: evidence of practice, not of law
    MEMORY = "memory"  # unverified: nobody has found a source


class DataSource(StrEnum):
    """Data that may stand in for a paper (Nghị quyết 66.7/2025/NQ-CP, Điều 4)."""

    POPULATION = "dan_cu"
    CIVIL_STATUS = "ho_tich"
    INSURANCE = "bao_hiem"
    DRIVING_LICENCES = "giay_phep_lai_xe"
    VEHICLES = "phuong_tien"
    BUSINESS = "dang_ky_doanh_nghiep"
    LAND = "dat_dai"
    CRIMINAL_RECORDS = "ly_lich_tu_phap"
    HEALTH_BOOK = "so_suc_khoe"
    HEALTH_NOTICES = "du_lieu_y_te"  # signed notices of birth and death, where a hospital sends them
    IDENTITY_ACCOUNT = "vneid"
    CITIZEN_STORE = "kho"  # Kho quản lý dữ liệu điện tử của tổ chức, cá nhân
    OFFICE_RESULTS = "ket_qua"  # a result of an earlier procedure, digitized before


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a statement comes from.

    Attributes:
        kind: how strong it is.
        citation: the law or a description of the source, in Vietnamese; empty only for memory.
    """

    kind: SourceKind
    citation: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether somebody has read it in a source."""
        return self.kind is not SourceKind.MEMORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One paper of a procedure.

    Attributes:
        key: stable key within the procedure, ASCII.
        name: the name in Vietnamese.
        accepts: ids of ``dossiers.document_types`` that fill it, the preferred first; substitutes the law
            allows stand behind it.
        form: how it is to be handed in; ``None`` where no source says.
        policy: what the office does with it.
        copies: how many; ``None`` where no source says.
        condition: when it is needed, in Vietnamese; empty for a main component.
        replaced_by: data that can stand in for it.
        replaced_by_result: number of the procedure whose digitized result can stand in for it, else empty.
        evidence: how we know that it is asked for.
        code: the component code of the entry's agency, for example ``TP-H05.000026``; may be empty.
        holder_sex: ``Nam`` or ``Nữ`` where the paper must be that person's; empty for anybody's.
    """

    key: str
    name: str
    accepts: tuple[str, ...]
    form: FormRequired | None
    policy: ComponentPolicy
    copies: int | None
    condition: str
    replaced_by: tuple[DataSource, ...]
    replaced_by_result: str
    evidence: Evidence
    code: str = ""
    holder_sex: str = ""

    @property
    def is_main(self) -> bool:
        """Whether every applicant needs it."""
        return not self.condition

    @property
    def must_be_filled(self) -> bool:
        """Whether a dossier is incomplete without a captured paper.

        Main papers that are neither merely shown nor shared; but one that may be any paper (no type is
        known that fills it) is left to the clerk and never blocks.
        """
        is_captured = self.policy in (ComponentPolicy.DIGITIZE, ComponentPolicy.CAPTURE_ONLY)
        return self.is_main and is_captured and bool(self.accepts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingTime:
    """How long a procedure takes.

    Attributes:
        text: in Vietnamese, for people; empty where no source says.
        working_days: working days, 0 for the same day; ``None`` where unknown or not counted so.
        longest_working_days: the same with verification; ``None`` where there is no such term.
        evidence: how we know.
    """

    text: str
    working_days: int | None
    longest_working_days: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureKey:
    """What tells one entry of the catalogue from all others."""

    number: str
    variant: str
    agency: AgencyCode | None
    effective_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One entry of the catalogue.

    Attributes:
        number: the national number, ``d.dddddd``.
        variant: the case within the code, empty for the plain one.
        agency: whose entry it is; ``None`` for the whole country.
        effective_from: first day in force; ``None`` where no source says (then: always).
        effective_to: last day in force; ``None`` while open.
        name: in Vietnamese; empty where only the code is known.
        field: field of work, in Vietnamese; may be empty.
        level: who handles it, in Vietnamese; may be empty.
        fee: remark on fees, in Vietnamese; may be empty.
        legal_basis: laws, in Vietnamese.
        time: processing time.
        components: in checklist order.
        components_are_complete: ``False`` where a source says that there are more papers than are listed.
        replaced_by: data whose look-up makes the whole procedure needless.
        data_from: data that must be looked up and not asked for, beside those of single components.
        evidence: how we know code and name.
        components_evidence: how we know the papers as a whole.
        is_non_geographic: whether any point may receive it (phi địa giới); ``None`` where no source says.
    """

    number: str
    variant: str
    agency: AgencyCode | None
    effective_from: date | None
    effective_to: date | None
    name: str
    field: str
    level: str
    fee: str
    legal_basis: tuple[str, ...]
    time: ProcessingTime
    components: tuple[Component, ...]
    components_are_complete: bool
    replaced_by: tuple[DataSource, ...]
    data_from: tuple[DataSource, ...]
    evidence: Evidence
    components_evidence: Evidence
    is_non_geographic: bool | None = None

    @property
    def key(self) -> ProcedureKey:
        """The identity of this entry."""
        return ProcedureKey(
            number=self.number, variant=self.variant, agency=self.agency, effective_from=self.effective_from
        )

    @property
    def main_components(self) -> tuple[Component, ...]:
        """Papers every applicant needs."""
        return tuple(each for each in self.components if each.is_main)

    @property
    def conditional_components(self) -> tuple[Component, ...]:
        """Papers needed only in the case that their condition names."""
        return tuple(each for each in self.components if not each.is_main)

    @property
    def slot_rules(self) -> tuple[SlotRule, ...]:
        """The checklist for a dossier: main components first, each in catalogue order."""
        return tuple(_slot_rule(each) for each in self.main_components + self.conditional_components)

    def is_in_force(self, day: date) -> bool:
        """Whether this entry applies on a day; both ends belong to the period."""
        return holds_day(self.effective_from, self.effective_to, day)


def _slot_rule(component: Component) -> SlotRule:
    return SlotRule(
        key=component.key,
        name=component.name,
        accepts=component.accepts,
        is_required=component.must_be_filled,
        policy=component.policy.value,
        form=component.form.value if component.form else "",
        holder_sex=component.holder_sex,
    )
