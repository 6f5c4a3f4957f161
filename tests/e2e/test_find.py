"""Retrieval over the digitized samples, through the command line."""

from __future__ import annotations

import json
import unicodedata

import pytest

from tests.e2e.conftest import run_sohoa


def _find(digitized, *conditions: str) -> list[dict]:
    ended = run_sohoa("--data-dir", digitized.data_dir, "find", "--json", *conditions, check=True)
    return json.loads(ended.stdout)


@pytest.mark.parametrize("code", ["1.001193", "1,001193", "1.001193.000.00.00.H29", " 1.001193 "])
def test_files_are_found_by_procedure_code_however_it_is_written(digitized, code):
    wanted = {r["code"] for r in digitized.reports if r["procedure"] == "1.001193"}
    assert wanted
    assert {hit["dossier"] for hit in _find(digitized, "--procedure", code)} == wanted


def test_a_replaced_code_finds_what_was_filed_under_the_new_one(digitized):
    assert _find(digitized, "--procedure", "1.115438") == []


def test_a_person_is_found_with_and_without_tone_marks(digitized):
    report, name = next(
        (report, field["value"])
        for report in digitized.reports
        for document in report["documents"]
        for field in document["fields"]
        if field["name"] == "person_name" and field["source"] == "qr"
    )
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    for asked in (
        name,
        plain.replace("đ", "d").replace("Đ", "D").lower(),
        unicodedata.normalize("NFD", name),
    ):
        assert report["code"] in {hit["dossier"] for hit in _find(digitized, "--person", asked)}, asked


def test_a_document_type_and_words_narrow_the_answer(digitized):
    hits = _find(digitized, "--words", "cộng hòa xã hội", "--type", "ct01")
    assert hits
    assert {hit["type"] for hit in hits} == {"ct01"}


def test_asking_nothing_is_refused_with_a_code(digitized):
    ended = run_sohoa("--data-dir", digitized.data_dir, "find")
    assert ended.returncode == 4
    assert "BAD_QUERY" in ended.stderr
