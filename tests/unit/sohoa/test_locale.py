"""Both languages say the same things."""

from __future__ import annotations

import string

import pytest

from classifiers.extractors.field_book import load_field_book
from dossiers.consistency import RemarkKind
from sohoa.locale.messages import load_messages


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_hold_the_same_keys_with_the_same_places():
    vi, en = load_messages("vi").texts, load_messages("en").texts
    assert vi.keys() == en.keys()
    for key, text in vi.items():
        assert _places(text) == _places(en[key]), key


def test_every_field_that_our_extractors_fill_has_a_label_in_both_languages():
    names = {rule.name for rules in load_field_book().values() for rule in rules.fields}
    assert len(names) > 50
    for language in ("vi", "en"):
        unnamed = {name for name in names if load_messages(language).field(name) == name}
        assert not unnamed


def test_every_column_of_a_table_that_we_read_has_a_label_in_both_languages():
    for table in (table for rules in load_field_book().values() for table in rules.tables):
        for name in (f"{table.name}[2].{column.name}" for column in table.columns):
            for language in ("vi", "en"):
                label = load_messages(language).field(name)
                assert " 2: " in label, name
                assert "_" not in label, name


def test_every_kind_of_remark_has_its_words():
    for kind in RemarkKind:
        for language in ("vi", "en"):
            messages = load_messages(language)
            assert messages.issue(kind.value) != kind.value
            assert messages.say(f"remark_{kind.value}")


def test_an_issue_of_a_plugin_is_called_by_its_code():
    assert load_messages("vi").issue("MADE_UP") == "MADE_UP"
    assert load_messages("vi").issue("NOT_COLOUR") == "không phải ảnh màu"


def test_an_unknown_text_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        load_messages("vi").say("no such text")
