"""``sohoa read``: one file to text, JSON, ALTO or searchable PDF, without a dossier."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from pipeline.alto import pages_to_alto
from pipeline.codec import encode_result
from pipeline.page_result import PageResult
from sohoa.cli.session import Session, pass_session
from sohoa.reading import OpenFile, open_file

#: What stands between two pages of text, as text tools expect it.
FORM_FEED: Final = "\f"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "alto", "pdf"]), default="text", show_default=True
)
@click.option("--engine", help="OCR engine; sohoa doctor lists them.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write here.")
@pass_session
def read(session: Session, file: Path, shape: str, engine: str | None, output: Path | None) -> None:
    """Reads FILE (PDF, TIFF, JPEG, PNG) and writes what is on it to standard output.

    Text has a form feed between pages; JSON is one object a line and page.

    \b
    Examples:
      sohoa read letter.jpg
      sohoa read box.pdf --format pdf -o searchable.pdf
      sohoa read box.tif --format json | jq .reading.text
    """
    settings = session.settings.model_copy(update={"engine": engine} if engine else {})
    with open_file(file, settings) as opened:
        if output is None:
            _write(opened, shape, sys.stdout.buffer.write)
            sys.stdout.buffer.flush()
        else:
            partial = output.with_name(output.name + ".part")
            with partial.open("wb") as target:
                _write(opened, shape, target.write)
            partial.replace(output)


def _write(opened: OpenFile, shape: str, write: Callable[[bytes], int]) -> None:
    if shape == "text":
        for number, result in enumerate(opened.pages()):
            write((FORM_FEED if number else "").encode() + result.reading.text.encode() + b"\n")
    elif shape == "json":
        for result in opened.pages():
            write(encode_result(result) + b"\n")
    else:
        results: list[PageResult] = list(opened.pages())
        write(_alto(results) if shape == "alto" else opened.pdf(results, "Sohoa"))


def _alto(results: list[PageResult]) -> bytes:
    engines = " + ".join(dict.fromkeys(result.reading.engine for result in results))
    return pages_to_alto([result.text for result in results], "input", engines)
