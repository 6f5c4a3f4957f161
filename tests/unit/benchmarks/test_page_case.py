from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from benchmarks.page_case import PageCase, load_dossiers

Truth = Callable[..., dict[str, Any]]
DossierWriter = Callable[..., Path]


def test_a_file_of_one_page_is_given_as_it_is(write_dossier: DossierWriter, truth_of_page: Truth) -> None:
    folder = write_dossier("01", [truth_of_page(1, "a.jpg")], [])

    [page] = load_dossiers(folder)[0].pages

    assert page.content == (folder / "01" / "a.jpg").read_bytes()
    assert (page.suffix, page.has_text, page.has_dpi) == (".jpg", False, True)


def test_a_page_of_a_tiff_with_several_comes_out_alone_with_its_resolution(
    write_dossier: DossierWriter, truth_of_page: Truth
) -> None:
    folder = write_dossier("01", [truth_of_page(1, "a.tif", 0), truth_of_page(2, "a.tif", 1)], [])

    second = load_dossiers(folder)[0].pages[1]

    with Image.open(io.BytesIO(second.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (20, 31))
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_a_page_of_a_pdf_comes_out_as_a_pdf_of_one_page_with_the_same_bytes_each_time(
    write_dossier: DossierWriter, truth_of_page: Truth
) -> None:
    folder = write_dossier("01", [truth_of_page(1, "a.pdf", 0), truth_of_page(2, "a.pdf", 1)], [])

    first, again = load_dossiers(folder), load_dossiers(folder)

    with pikepdf.open(io.BytesIO(first[0].pages[1].content)) as alone:
        assert len(alone.pages) == 1
    assert [page.key for page in first[0].pages] == [page.key for page in again[0].pages]
    assert first[0].pages[0].key != first[0].pages[1].key


def test_the_resolution_that_cameras_write_counts_as_none(
    write_dossier: DossierWriter, truth_of_page: Truth
) -> None:
    folder = write_dossier("01", [truth_of_page(1, "a.jpg")], [])
    Image.new("L", (20, 30)).save(folder / "01" / "a.jpg", dpi=(72, 72))

    assert not load_dossiers(folder)[0].pages[0].has_dpi


def test_a_document_that_is_cut_off_by_the_limit_is_not_asked_for(
    write_dossier: DossierWriter, truth_of_page: Truth
) -> None:
    pages = [truth_of_page(number, f"{number}.png") for number in (1, 2, 3)]
    documents = [{"id": 1, "pages": [1], "fields": {}}, {"id": 2, "pages": [2, 3], "fields": {}}]

    [case] = load_dossiers(write_dossier("01", pages, documents), 2)

    assert [page.truth["n"] for page in case.pages] == [1, 2]
    assert [document["id"] for document in case.truth["documents"]] == [1]


def test_the_limit_counts_over_all_dossiers(write_dossier: DossierWriter, truth_of_page: Truth) -> None:
    write_dossier("01", [truth_of_page(1, "a.png")], [])
    folder = write_dossier("02", [truth_of_page(1, "a.png"), truth_of_page(2, "b.png")], [])

    assert [len(case.pages) for case in load_dossiers(folder)] == [1, 2]
    assert [len(case.pages) for case in load_dossiers(folder, 2)] == [1, 1]
    assert [len(case.pages) for case in load_dossiers(folder, 1)] == [1]


def test_handwriting_is_not_asked_for(page_case: Callable[..., PageCase]) -> None:
    quad = [[0, 0], [1, 0], [1, 1], [0, 1]]
    lines = [{"text": text, "quad": quad, "handwritten": text == "b"} for text in "ab"]

    assert page_case(lines=lines).printed == ("a",)


@pytest.mark.parametrize(
    ("truth", "is_one"),
    [
        ({}, True),
        ({"width": 3508, "height": 2480}, True),
        ({"dpi": 200}, False),
        ({"width": 1011, "height": 638}, False),
    ],
)
def test_a4_at_300_dpi_is_known_by_its_size(
    page_case: Callable[..., PageCase], truth: dict[str, int], is_one: bool
) -> None:
    assert page_case(**truth).is_a4_at_300_dpi is is_one
