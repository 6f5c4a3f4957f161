"""Tables about what was read and understood."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from benchmarks.measurement import Measurement
from benchmarks.page_case import DossierCase, PageCase
from benchmarks.placement_error import is_upright, off_level, residual_degrees
from benchmarks.tables import percent, quantile, share, table
from benchmarks.text_score import TextScore, score, total, without_tones
from benchmarks.turns import Results
from benchmarks.understanding import FieldScore, Understanding, all_fields, judge
from pipeline.codec import decode_result
from pipeline.page_result import PageResult

#: The system whose page results are more than text.
_SOHOA = "Sohoa"
#: A page is straight within this.
_STRAIGHT_DEGREES = 0.3


def text_table(pages: Sequence[PageCase], results: Results) -> str:
    """Errors on all pages that were scanned and hold text."""
    chosen = [number for number, page in enumerate(pages) if is_compared(page)]
    rows: list[list[str]] = [[] for _ in range(9)]
    names = (
        "CER, lines matched", "WER, lines matched", "CER without tones, lines matched",
        "WER without tones, lines matched", "CER, page text in order", "WER, page text in order",
        "CER without tones, page text in order", "Median CER of a page, lines matched",
        "Characters read that belong to no line",
    )  # fmt: skip
    for measurements in results.values():
        scores = [_scored(pages[number], measurements[number]) for number in chosen]
        plain = [_scored(pages[number], measurements[number], is_tone_free=True) for number in chosen]
        for row, cell in zip(rows, _text_cells(scores, plain), strict=True):
            row.append(cell)
    head = (f"{len(chosen)} scanned pages", *results)
    return table(head, [[name, *row] for name, row in zip(names, rows, strict=True)])


def _text_cells(scores: Sequence[TextScore], plain: Sequence[TextScore]) -> list[str]:
    whole, tone_free = total(scores), total(plain)
    medians = [each.matched_characters / each.characters for each in scores if each.characters]
    return [
        percent(whole.matched_characters, whole.characters),
        percent(whole.matched_words, whole.words),
        percent(tone_free.matched_characters, tone_free.characters),
        percent(tone_free.matched_words, tone_free.words),
        percent(whole.ordered_characters, whole.characters),
        percent(whole.ordered_words, whole.words),
        percent(tone_free.ordered_characters, tone_free.characters),
        percent(statistics.median(medians) if medians else 0, 1),
        percent(whole.left_over, whole.characters),
    ]


def is_compared(page: PageCase) -> bool:
    """Whether text is compared on it: something is printed, and no text came with the file."""
    return bool(page.printed) and not page.has_text


def capture_table(pages: Sequence[PageCase], results: Results) -> str:
    """Character errors by how the page was captured."""
    groups: dict[str, list[int]] = {}
    for number, page in enumerate(pages):
        if is_compared(page):
            for name in _captures(page):
                groups.setdefault(name, []).append(number)
    rows = []
    for name, numbers in sorted(groups.items()):
        cells = []
        for measurements in results.values():
            whole = total(_scored(pages[number], measurements[number]) for number in numbers)
            cells.append(percent(whole.matched_characters, whole.characters))
        rows.append([f"{name} ({len(numbers)})", *cells])
    return table(("CER, lines matched, by capture (pages)", *results), rows)


def _captures(page: PageCase) -> tuple[str, str]:
    truth = page.truth
    lay = f"received {'upright' if truth['rotation'] == 0 else 'turned'}"
    if "photo_perspective" in truth["degradations"]:
        return lay, "phone photo"
    return lay, f"{truth['mode']}, {truth['dpi']} dpi"


def _scored(page: PageCase, measurement: Measurement, *, is_tone_free: bool = False) -> TextScore:
    if is_tone_free:
        return score([without_tones(line) for line in page.printed], without_tones(measurement.text))
    return score(page.printed, measurement.text)


def understanding_tables(dossiers: Sequence[DossierCase], results: Results) -> Iterator[str]:
    """Types, cuts, geometry and fields; dossiers with a failed page are left out of types and fields."""
    found, place = Understanding(), 0
    geometry: list[tuple[PageCase, PageResult]] = []
    for dossier in dossiers:
        own = results[_SOHOA][place : place + len(dossier.pages)]
        place += len(dossier.pages)
        pages = [decode_result(each.result.encode()) if each.result else None for each in own]
        read = [page for page in pages if page is not None]
        geometry += [(case, page) for case, page in zip(dossier.pages, pages, strict=True) if page]
        if len(read) == len(pages):
            judge(dossier.truth, [page.reading for page in read], found)
    yield table(("Pages and documents", "Right"), [*_understood(found), *_placed(geometry)])
    if found.confusions:
        rows = [[wanted, taken, str(count)] for (wanted, taken), count in found.confusions.most_common()]
        yield table(("Page type", "Taken for", "Pages"), rows)
    yield _field_table(found.fields)


def _understood(found: Understanding) -> list[list[str]]:
    return [
        ["Page type", share(found.right_types, found.pages)],
        ["Pages where it said that it cannot tell", share(found.abstained, found.pages)],
        ["Documents with exactly their pages", share(found.right_cuts, found.documents)],
        [
            "Documents with exactly their pages and the right type",
            share(found.right_documents, found.documents),
        ],
        ["Dossiers cut without any fault", share(found.whole_dossiers, found.dossiers)],
    ]


def _placed(geometry: Sequence[tuple[PageCase, PageResult]]) -> list[list[str]]:
    scans = [(case, page) for case, page in geometry if not case.has_text]
    angles = [angle for case, page in scans if (angle := residual_degrees(case, page.placement)) is not None]
    errors = [off_level(angle) for angle in angles]
    return [
        ["Scanned pages upright", share(sum(map(is_upright, angles)), len(angles))],
        [
            f"Scanned pages level within {_STRAIGHT_DEGREES}°",
            share(sum(error <= _STRAIGHT_DEGREES for error in errors), len(errors)),
        ],
        ["Angle left after deskewing, median", f"{quantile(errors, 0.5):.2f}°"],
        ["Angle left after deskewing, 95th percentile", f"{quantile(errors, 0.95):.2f}°"],
    ]


def _field_table(fields: dict[str, FieldScore]) -> str:
    """Fields that the truth states, the most frequent first; others only count among all fields."""
    stated = {name: each for name, each in fields.items() if each.printed}
    rows = [_field_row("**all fields**", all_fields(fields))]
    rows += [
        _field_row(name, stated[name]) for name in sorted(stated, key=lambda name: -stated[name].printed)
    ]
    head = (
        "Field",
        "Printed",
        "Exact",
        "Equal without tones",
        "Empty though printed",
        "Wrong value",
        "Not asked for",
    )
    return table(head, rows)


def _field_row(name: str, each: FieldScore) -> list[str]:
    return [
        name,
        str(each.printed),
        percent(each.exact, each.printed),
        percent(each.tone_free, each.printed),
        str(each.missing),
        str(each.wrong),
        str(each.unasked),
    ]


def failures(pages: Sequence[PageCase], results: Results) -> str:
    """Every page that a system gave up on, by name and reason; it counts as empty text above."""
    lines = []
    for name, measurements in results.items():
        failed = [(page, each) for page, each in zip(pages, measurements, strict=True) if each.failure]
        lines.append(f"- {name}: {len(failed)} of {len(measurements)} pages failed.")
        lines += [f"  - {page.name}: {each.failure}" for page, each in failed]
    return "\n".join(lines)
