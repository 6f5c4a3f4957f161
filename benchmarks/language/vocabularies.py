"""Collects the closed vocabularies: ``python -m benchmarks.language.vocabularies``.

Titles and labels come from the data of the classifiers, which the pipeline may not import; the units in force
come from the vietnam-provinces package. Run it again whenever one of them changes.
"""

from __future__ import annotations

import argparse
import json
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from vietnam_provinces import Province, Ward

from classifiers.extractors.field_book import field_data

RULES: Final = Path("classifiers/rules/papers.toml")
COLLECTED: Final = Path("pipeline/language/data/collected.json")
#: What a label in two languages is cut at.
_LANGUAGES: Final = " / "


def main(arguments: Sequence[str] | None = None) -> None:
    """Collects and writes the vocabularies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=COLLECTED)
    chosen = parser.parse_args(arguments)
    collected = {
        "title": _phrases(_titles(tomllib.loads(RULES.read_text("utf-8")))),
        "label": _phrases(
            [
                *_labels(tomllib.loads(RULES.read_text("utf-8"))),
                *_field_labels(field_data()),
            ]
        ),
        "province": sorted({each.name for each in Province.iter_all()}),
        "commune": sorted({each.name for each in Ward.iter_all()}),
    }
    chosen.out.write_text(json.dumps(collected, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print({kind: len(phrases) for kind, phrases in collected.items()})


def _phrases(texts: Iterable[str]) -> list[str]:
    """Vietnamese phrases of at least two letters, NFC, each once, in order."""
    kept = {unicodedata.normalize("NFC", text).strip() for text in texts}
    return sorted(text for text in kept if sum(sign.isalpha() for sign in text) > 1 and not text.isascii())


def _titles(papers: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    for paper in papers["types"].values():
        yield from _texts(paper.get("headings"))


def _labels(papers: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    for paper in papers["types"].values():
        for name in ("labels", "continues"):
            yield from _texts(paper.get(name))


def _field_labels(groups: Mapping[str, object]) -> Iterator[str]:
    for group in _tables(list(groups.values())):
        yield from _texts(group.get("stops"))
        for section in _tables(group.get("sections")):
            yield from _texts(section.get("anchors"))
        fields = group.get("fields")
        for field in _tables(list(fields.values()) if isinstance(fields, dict) else []):
            yield from _texts(field.get("labels"))


def _tables(value: object) -> list[dict[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _texts(value: object) -> Iterator[str]:
    for text in value if isinstance(value, list) else []:
        yield from str(text).split(_LANGUAGES)


if __name__ == "__main__":
    main()
