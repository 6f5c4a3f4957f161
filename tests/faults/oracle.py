"""What must be true after any fault, once the office has recovered: nothing lost, doubled, changed or half.

``received`` says what was acknowledged: every paper must be there once, in order, with its own bytes, and
be accounted for (C8). Before the work is done ``check_received`` holds, after it ``check_filed`` too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dossiers.errors import SohoaError
from dossiers.events import EventKind
from dossiers.page import PageState
from tests.faults.office import PAGES_A_DOCUMENT, Office
from tests.faults.papers import code_of, code_of_number
from tests.faults.verdict import Verdict

_PLACES = (PageState.FILED, PageState.IN_REVIEW, PageState.QUARANTINED)


def check_received(office: Office, dossier_id: str, acknowledged: Sequence[int]) -> Verdict:
    """Every acknowledged paper is a page, once, in the order of receiving, and its bytes are its own."""
    verdict = Verdict()
    with office.records.transaction() as work:
        pages = list(work.pages.of_dossier(dossier_id))
        files = list(work.dossiers.files(dossier_id))
        facts = [fact.kind for fact in work.events.of_dossier(dossier_id)]
    codes = []
    for page in pages:
        try:
            codes.append(code_of(office.originals.get(page.original_key)))
        except SohoaError as trouble:  # a row without its object
            verdict.losses.append(f"page {page.number}: {trouble.code}")
    wanted = [code_of_number(number) for number in acknowledged]
    verdict.losses += [f"{code} is not there" for code in wanted if code not in codes]
    verdict.doubles += [
        f"{code} is there {count} times" for code, count in Counter(codes).items() if count > 1
    ]
    present = [code for code in codes if code in wanted]
    if present != sorted(present, key=wanted.index):
        verdict.doubles.append("out of order")
    if [page.number for page in pages] != list(range(1, len(pages) + 1)):
        verdict.losses.append("a gap in the numbers")
    if facts.count(EventKind.FILE_RECEIVED) != len(files):
        verdict.doubles.append("facts and files differ")
    return verdict


def check_filed(office: Office, dossier_id: str, quarantined: Sequence[int] = ()) -> Verdict:
    """Every page is somewhere, read once and in one document; every document has its PDF; no work is left."""
    verdict = Verdict()
    with office.records.transaction() as work:
        pages = list(work.pages.of_dossier(dossier_id))
        readings = {page.page_id: work.pages.reading(page.page_id) for page in pages}
        documents = list(work.documents.of_dossier(dossier_id))
        facts = [(fact.kind, fact.subject_id) for fact in work.events.of_dossier(dossier_id)]
        open_tasks = work.tasks.open_count(dossier_id)
    if open_tasks:
        verdict.losses.append(f"{open_tasks} tasks are open")
    filed = []
    for page in pages:
        code = code_of(office.originals.get(page.original_key))
        known = readings[page.page_id]
        is_poison = code in [code_of_number(each) for each in quarantined]
        if page.state is PageState.QUARANTINED or is_poison:
            if not is_poison or page.state is not PageState.QUARANTINED:
                verdict.losses.append(f"{code} is {page.state}")
            continue
        filed.append(page)
        if page.state not in _PLACES or known is None or known[0].text != code:
            verdict.losses.append(f"{code} is {page.state}, its reading is not its own")
        if facts.count((EventKind.PAGE_READ, page.page_id)) != 1:
            verdict.doubles.append(f"{code} was read more or less than once")
    placed = Counter(page_id for document in documents for page_id in document.page_ids)
    verdict.doubles += [
        f"{page_id} is in {count} documents" for page_id, count in placed.items() if count > 1
    ]
    verdict.losses += [
        f"page {page.number} is in no document" for page in filed if page.page_id not in placed
    ]
    if len(documents) != -(-len(filed) // PAGES_A_DOCUMENT):
        verdict.doubles.append(f"{len(documents)} documents of {len(filed)} pages")
    verdict.losses += [
        f"document {each.ordinal} has no PDF"
        for each in documents
        if each.pdf_key is None or not office.derivatives.contains(each.pdf_key)
    ]
    return verdict
