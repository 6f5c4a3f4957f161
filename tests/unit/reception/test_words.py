"""Both languages say the same things, with the same places to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter

from reception.frame.words import load_all_words


def test_both_languages_have_the_same_keys_and_places() -> None:
    vi, en = load_all_words().values()

    assert vi.texts.keys() == en.texts.keys()
    assert {key for key in vi.texts if _places(vi.texts[key]) != _places(en.texts[key])} == set()


def test_every_key_that_a_template_names_is_there() -> None:
    texts = load_all_words()["vi"].texts
    named = {
        key
        for text in _templates()
        for key in re.findall(r'\bsay\(\s*["\']([a-zA-Z_0-9]+)["\']\s*[,)]', text)
    }

    assert "skip_to_content" in named
    assert named - texts.keys() == set()


def test_no_template_carries_scripts_styles_or_handlers_of_its_own() -> None:
    for text in _templates():
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _templates() -> Iterator[str]:
    waiting = [files("reception").joinpath("templates")]
    while waiting:
        for each in waiting.pop().iterdir():
            if each.is_dir():
                waiting.append(each)
            else:
                yield each.read_text(encoding="utf-8")
