"""What every record store promises about training examples: kept once, erased with their people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dossiers.errors import RecordError
from dossiers.ports import RecordStore
from dossiers.training_example import TrainingExample

if TYPE_CHECKING:
    from conftest import Samples


def example(samples: Samples, dossier_id: str, number: int = 1) -> TrainingExample:
    return TrainingExample(
        page_id=f"p-{dossier_id}-{number}",
        dossier_id=dossier_id,
        type_id="ct01",
        features='{"format": 1}',
        confirmed_at=samples.now,
    )


@pytest.fixture
def filled(records: RecordStore, samples: Samples) -> RecordStore:
    """Three dossiers with one example each; the third names the person of the first on a document."""
    with records.transaction() as work:
        for dossier_id, owner in (("d1", "003090123456"), ("d2", "003190000001"), ("d3", "003190000002")):
            samples.receive(work, dossier_id, citizen_number=owner)
            work.examples.put(example(samples, dossier_id))
        named = samples.document(
            1, dossier_id="d3", fields=(samples.field("husband_personal_number", "003090123456"),)
        )
        work.documents.replace_proposed("d3", [named])
    return records


def test_examples_come_back_as_they_were_put(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work:
        assert list(work.examples.all()) == [example(samples, each) for each in ("d1", "d2", "d3")]


def test_a_later_word_of_the_clerk_replaces_the_earlier_one(filled: RecordStore, samples: Samples) -> None:
    corrected = replace(example(samples, "d1"), type_id="ct07", features="{}", confirmed_at=samples.later(9))
    with filled.transaction() as work:
        work.examples.put(corrected)
    with filled.transaction() as work:
        assert next(iter(work.examples.all())) == corrected
        assert len(work.examples.all()) == 3


def test_a_page_that_is_not_there_teaches_nothing(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work, pytest.raises(RecordError, match="NOT_FOUND"):
        work.examples.put(replace(example(samples, "d1"), page_id="p-d2-1"))


def test_examples_are_erased_with_their_dossier(filled: RecordStore) -> None:
    with filled.transaction() as work:
        assert work.examples.erase_dossier("d2") == 1
        assert work.examples.erase_dossier("d2") == 0
    with filled.transaction() as work:
        assert [each.dossier_id for each in work.examples.all()] == ["d1", "d3"]


def test_a_person_is_forgotten_in_every_dossier_that_names_them(filled: RecordStore) -> None:
    with filled.transaction() as work:
        assert work.examples.erase_person("003090123456") == 2
    with filled.transaction() as work:
        assert [each.dossier_id for each in work.examples.all()] == ["d2"]
