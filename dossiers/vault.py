"""The store of a person or organisation (Kho): what is in it, consent, joining and parting of people.

Rules: without consent to keep, the store is empty; every act names the clerk and is noted; nothing is
erased by joining or parting, and both can be undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from dossiers.citizens import HolderNumber, KnownNumber, NumberIndex, VaultAct, VaultEvent
from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.consent import ConsentAct, ConsentBy, Purpose, given
from dossiers.errors import RecordError
from dossiers.holder_lookup import find_known, find_or_add
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.reading import CopyKind
from dossiers.result import IssuedResult
from dossiers.reuse_case import HeldPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultView:
    """What a store holds at a moment.

    Attributes:
        holder_id: whose.
        numbers: numbers by which the person is found, masked.
        consents: purposes that the person agrees to now.
        papers: papers on file; none without consent to keep.
        facts: values of each paper, by its id.
        events: what was done.
    """

    holder_id: str
    numbers: tuple[KnownNumber, ...]
    consents: frozenset[Purpose]
    papers: tuple[HeldPaper, ...]
    facts: dict[str, tuple[ConfirmedFact, ...]]
    events: tuple[VaultEvent, ...]


class Vault:
    """The use cases of stores of people; every method is one transaction."""

    def __init__(self, *, records: RecordStore, index: NumberIndex, clock: Clock) -> None:
        self._records = records
        self._index = index
        self._clock = clock

    def show(self, number: HolderNumber, clerk: str) -> VaultView:
        """Shows a store and notes who looked.

        Raises:
            RecordError: ``HOLDER_UNKNOWN``; ``NO_CLERK``.
        """
        with self._records.transaction() as work:
            holder_id = self._known(work, number).holder_id
            self._note(work, holder_id, VaultAct.SHOWN, clerk)
            consents = given(work.holders.consents(holder_id), self._clock())
            papers = held_papers(work, holder_id) if Purpose.KEEP in consents else ()
            return VaultView(
                holder_id=holder_id,
                numbers=tuple(work.holders.numbers(holder_id)),
                consents=consents,
                papers=papers,
                facts={each.paper.paper_id: tuple(work.papers.facts(each.paper.paper_id)) for each in papers},
                events=tuple(work.holders.events(holder_id)),
            )

    def consent(
        self,
        number: HolderNumber,
        purposes: Sequence[Purpose],
        clerk: str,
        *,
        is_given: bool = True,
        by: ConsentBy = ConsentBy.SELF,
    ) -> frozenset[Purpose]:
        """Notes consent, or its withdrawal; returns what counts now.

        Raises:
            RecordError: ``NO_CLERK``; for a withdrawal ``HOLDER_UNKNOWN``.
        """
        _check_clerk(clerk)
        with self._records.transaction() as work:
            known = (
                find_or_add(work, number, self._index, self._clock) if is_given else self._known(work, number)
            )
            for purpose in purposes:
                act = ConsentAct(
                    holder_id=known.holder_id,
                    purpose=purpose,
                    is_given=is_given,
                    at=self._clock(),
                    clerk=clerk,
                    by=by,
                )
                work.holders.add_consent(act)
            return given(work.holders.consents(known.holder_id), self._clock())

    def merge(self, number: HolderNumber, other: HolderNumber, clerk: str, reason: str) -> str:
        """Joins two people that are one: the other's numbers and papers go to the first.

        Also links a number that is new: an old card's to the personal number. Consent is not carried over;
        a withdrawal of the other one that is later than the consent of the first counts for both.

        Returns:
            The name of the act, by which ``undo`` parts them again; empty where they were one already.

        Raises:
            RecordError: ``HOLDER_UNKNOWN``, the first is not known; ``NO_CLERK``; ``NO_REASON``.
        """
        _check_clerk(clerk)
        _check_reason(reason)
        act = f"merge:{uuid4().hex[:12]}"
        with self._records.transaction() as work:
            target = self._known(work, number).holder_id
            joined = find_or_add(work, other, self._index, self._clock)
            if joined.holder_id == target:
                return ""
            self._carry_withdrawals(work, joined.holder_id, target, clerk)
            source = joined.holder_id
            for each in work.holders.numbers(source):
                work.holders.move_number(each.entry, target)
                self._note(work, target, VaultAct.NUMBER_MOVED, clerk, each.entry, act, source)
            for paper in work.papers.of_holder(source):
                work.papers.move(paper.paper_id, target)
                self._note(work, target, VaultAct.PAPER_MOVED, clerk, paper.paper_id, act, source)
            self._note(work, target, VaultAct.MERGED, clerk, source, f"{act} {reason}", source)
        return act

    def undo(self, number: HolderNumber, act: str, clerk: str) -> int:
        """Parts two people that were joined by mistake: what that act moved goes back.

        Returns:
            How many numbers and papers went back.

        Raises:
            RecordError: ``HOLDER_UNKNOWN``; ``NOT_FOUND``, there was no such act; ``NO_CLERK``.
        """
        _check_clerk(clerk)
        with self._records.transaction() as work:
            holder_id = self._known(work, number).holder_id
            moved = [each for each in work.holders.events(holder_id) if each.reason == act]
            if not moved:
                raise RecordError(
                    "NOT_FOUND", vi="Không có lần gộp này.", en=f"there was no act {act} on this store"
                )
            for each in moved:
                self._return(work, each, holder_id, clerk, f"undo:{act}")
        return len(moved)

    def split(self, number: HolderNumber, paper_ids: Sequence[str], to: HolderNumber, clerk: str) -> None:
        """Gives papers that lie in the wrong person's store to the right person.

        Raises:
            RecordError: ``HOLDER_UNKNOWN``; ``NOT_FOUND``, a paper is not in this store; ``NO_CLERK``.
        """
        _check_clerk(clerk)
        with self._records.transaction() as work:
            source = self._known(work, number).holder_id
            target = find_or_add(work, to, self._index, self._clock).holder_id
            own = {paper.paper_id for paper in work.papers.of_holder(source)}
            for paper_id in paper_ids:
                if paper_id not in own:
                    raise RecordError(
                        "NOT_FOUND",
                        vi="Kho này không có giấy tờ đó.",
                        en=f"no paper {paper_id} in this store",
                    )
                work.papers.move(paper_id, target)
                self._note(work, target, VaultAct.PAPER_MOVED, clerk, paper_id, "split", source)
                self._note(work, source, VaultAct.PAPER_MOVED, clerk, paper_id, "split", source)

    def revoke(self, paper_id: str, clerk: str, reason: str) -> ConfirmedPaper:
        """Marks a paper that proves nothing any more; results of the office are revoked as results.

        Raises:
            RecordError: ``NOT_FOUND``; ``NO_CLERK``; ``NO_REASON``.
        """
        _check_clerk(clerk)
        _check_reason(reason)
        with self._records.transaction() as work:
            work.papers.revoke(paper_id, self._clock())
            paper = work.papers.find(paper_id)
            assert paper is not None
            self._note(work, paper.holder_id, VaultAct.PAPER_REVOKED, clerk, paper_id, reason)
            return paper

    def _known(self, work: UnitOfWork, number: HolderNumber) -> KnownNumber:
        known = find_known(work, number, self._index)
        if known is None:
            raise holder_unknown()
        return known

    def _carry_withdrawals(self, work: UnitOfWork, source: str, target: str, clerk: str) -> None:
        latest: dict[Purpose, ConsentAct] = {}
        for act in work.holders.consents(source):
            latest[act.purpose] = act
        own = work.holders.consents(target)
        for purpose, act in latest.items():
            grants = [each.at for each in own if each.purpose is purpose and each.is_given]
            if not act.is_given and grants and act.at >= max(grants):
                work.holders.add_consent(
                    ConsentAct(
                        holder_id=target, purpose=purpose, is_given=False, at=act.at, clerk=clerk, by=act.by
                    )
                )

    def _return(self, work: UnitOfWork, event: VaultEvent, holder_id: str, clerk: str, reason: str) -> None:
        if event.act is VaultAct.NUMBER_MOVED:
            work.holders.move_number(event.subject, event.from_holder)
        else:
            work.papers.move(event.subject, event.from_holder)
        self._note(work, event.from_holder, event.act, clerk, event.subject, reason, holder_id)

    def _note(
        self,
        work: UnitOfWork,
        holder_id: str,
        act: VaultAct,
        clerk: str,
        subject: str = "",
        reason: str = "",
        from_holder: str = "",
    ) -> None:
        _check_clerk(clerk)
        work.holders.add_event(
            VaultEvent(
                holder_id=holder_id,
                act=act,
                by=clerk,
                at=self._clock(),
                subject=subject,
                reason=reason,
                from_holder=from_holder,
            )
        )


def held_papers(work: UnitOfWork, holder_id: str) -> tuple[HeldPaper, ...]:
    """What is on file of a holder: confirmed papers with what their results say, then results without paper.

    The latter are results that the office issued in one of these dossiers and that were never scanned, for
    instance electronic ones: the record of the result stands for them.
    """
    papers = work.papers.of_holder(holder_id)
    by_document: defaultdict[str | None, list[IssuedResult]] = defaultdict(list)
    for result in work.results.of_documents([paper.paper_id for paper in papers]):
        by_document[result.document_id].append(result)
    dossiers = {paper.dossier_id: paper for paper in papers}
    entries = [number.entry for number in work.holders.numbers(holder_id)]
    unscanned = [
        _from_result(result, paper, entries[0] if entries else None)
        for dossier_id, paper in dossiers.items()
        for result in work.results.of_dossier(dossier_id)
        if result.document_id is None and result.type_id
    ]
    return (*(_held(paper, by_document[paper.paper_id]) for paper in papers), *unscanned)


def _from_result(result: IssuedResult, of_dossier: ConfirmedPaper, entry: str | None) -> HeldPaper:
    """A result that was not scanned; its owner is the dossier's owner."""
    paper = ConfirmedPaper(
        paper_id=result.code,
        holder_id=of_dossier.holder_id,
        dossier_id=result.dossier_id,
        dossier_code=of_dossier.dossier_code,
        procedure_code=of_dossier.procedure_code,
        type_id=result.type_id,
        page_count=1,
        copy_kind=CopyKind.ORIGINAL,
        issued_on=result.issued_on,
        expires_on=result.valid_until,
        is_unlimited=False,
        born_on=None,
        subject=entry,
        claim=None,
        purpose="",
        confirmed_by=result.recorded_by,
        confirmed_at=result.recorded_at,
    )
    return _held(paper, [result])


def _held(paper: ConfirmedPaper, results: Sequence[IssuedResult]) -> HeldPaper:
    if not results:
        return HeldPaper(paper=paper)
    # One that was revoked revokes the paper, whatever else it is said to hold.
    revoked = [each.revocation.at for each in results if each.revocation is not None]
    standing = [each for each in results if each.revocation is None]
    shown = (standing or list(results))[-1]
    return HeldPaper(
        paper=paper,
        result_code=shown.code,
        result_until=shown.valid_until,
        result_revoked_at=min(revoked) if revoked else None,
    )


def holder_unknown() -> RecordError:
    """Nobody with this number is known; the number is not repeated."""
    return RecordError(
        "HOLDER_UNKNOWN",
        vi="Kho chưa có người hoặc tổ chức mang số này.",
        en="nobody with this number is known",
    )


def _check_clerk(clerk: str) -> None:
    if not clerk.strip():
        raise RecordError("NO_CLERK", vi="Phải ghi rõ tên cán bộ.", en="the name of the clerk is missing")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise RecordError("NO_REASON", vi="Phải ghi rõ lý do.", en="the reason is missing")
