"""Where each page of a batch goes: which dossier, which document, or aside; decided from the whole stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scanners.judgement.finding import PageJudgement
from scanners.separators.splitting import JudgedPage, Split, split_batch
from scanners.session import ArrivedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where one page goes.

    Attributes:
        dossier: 0-based place of its dossier in the batch.
        set_aside: why it is no paper; empty: it is one.
        named_type: the type that a separator sheet named.
        opens_document: whether a separator says that a document begins with it.
        profile: the scanning profile that a separator asked for before it; empty: none did.
        flags: what a clerk must look at here.
    """

    dossier: int
    set_aside: str = ""
    named_type: str = ""
    opens_document: bool = False
    profile: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDossier:
    """One dossier of the batch.

    Attributes:
        opened_by: sequence of the page whose separator opened it; 0 where none did.
        dossier_code: what that separator named.
        procedure_code: the procedure of the dossier, where a separator named one.
    """

    opened_by: int = 0
    dossier_code: str = ""
    procedure_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """The whole batch so far, cut.

    Attributes:
        dossiers: in order; one at least where any page came.
        routes: by sequence.
    """

    dossiers: tuple[BatchDossier, ...]
    routes: Mapping[int, Route]


def plan_batch(pages: Sequence[ArrivedPage], judgements: Mapping[int, PageJudgement]) -> BatchPlan:
    """Cuts the pages that are in place, in the order of the stack; a pure function."""
    split = split_batch([_judged(page, judgements[page.sequence]) for page in pages])
    dossiers = tuple(
        BatchDossier(
            opened_by=0 if part.opened_by is None else pages[part.opened_by].sequence,
            dossier_code=part.dossier_code,
            procedure_code=part.procedure_code,
        )
        for part in split.dossiers
    )
    return BatchPlan(dossiers=dossiers or (BatchDossier(),), routes=_routes(pages, split))


def _judged(page: ArrivedPage, judgement: PageJudgement) -> JudgedPage:
    return JudgedPage(verdict=judgement.sheet, sheet=page.sheet, is_blank=judgement.is_blank)


def _routes(pages: Sequence[ArrivedPage], split: Split) -> dict[int, Route]:
    flags: dict[int, tuple[str, ...]] = {}
    for flagged in split.flagged:
        flags[flagged.position] = (*flags.get(flagged.position, ()), flagged.flag.value)
    routes = {
        pages[aside.position].sequence: Route(
            dossier=aside.dossier or 0,
            set_aside=aside.reason.value,
            flags=flags.get(aside.position, ()),
        )
        for aside in split.aside
    }
    for number, part in enumerate(split.dossiers):
        for run in part.runs:
            for position in run.positions:
                routes[pages[position].sequence] = Route(
                    dossier=number,
                    named_type=run.type_id,
                    opens_document=run.is_new_document and position == run.positions[0],
                    profile=run.profile,
                    flags=flags.get(position, ()),
                )
    return routes
