"""Puts a page as received beside the page that Sohoa archives: ``python docs/before_after.py IN OUT.jpg``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

#: Height of both pictures, px, and the gap between them.
_HEIGHT = 900
_GAP = 40


def main(source: Path, target: Path) -> None:
    """Reads the first page of ``source`` and writes the pair as JPEG."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        command = [sys.executable, "-m", "sohoa.cli", "read", str(source), "--format", "pdf", "-o", str(pdf)]
        subprocess.run(command, check=True)
        with pypdfium2.PdfDocument(pdf) as document:
            after = document[0].render(scale=2).to_pil().convert("RGB")
    before = Image.open(source).convert("RGB")
    pair = [_scaled(before), _scaled(after)]
    sheet = Image.new("RGB", (sum(each.width for each in pair) + _GAP, _HEIGHT), "white")
    sheet.paste(pair[0], (0, 0))
    sheet.paste(pair[1], (pair[0].width + _GAP, 0))
    sheet.save(target, quality=82)


def _scaled(image: Image.Image) -> Image.Image:
    return image.resize((round(image.width * _HEIGHT / image.height), _HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
