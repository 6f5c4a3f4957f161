"""The best Vietnamese model of Tesseract in integer form, from the npm registry, pinned by its hash.

Debian packs the fast model only; this package carries the other ones too.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Final

from benchmarks.evaluation_split import ROOT

PACKAGE: Final = "@tesseract.js-data/vie"
VERSION: Final = "1.0.0"
#: As the registry states it.
_SHA512: Final = "hFxBtxSiCw6+64uxf0psrlLvcYA5kQimYhTSx1RwjbD5jSxe1bWg3EmipAozkzELQIFAMkJC5vu+ONGRem7YLA=="
_MEMBER: Final = "package/4.0.0_best_int/vie.traineddata.gz"
_HOME: Final = ROOT / ".cache" / "tesseract-best"
#: The font that Tesseract's PDFs name; it is looked for beside the model.
_PDF_FONT: Final = "pdf.ttf"


def best_model_folder(fast_folder: Path) -> Path:
    """Returns a folder with the model, which Tesseract takes as its data; fetches it at the first call.

    Raises:
        FileNotFoundError: there is no npm.
        subprocess.CalledProcessError: npm could not fetch the package.
        ValueError: what came is not the pinned package.
    """
    model = _HOME / "vie.traineddata"
    if not model.exists():
        _HOME.mkdir(parents=True, exist_ok=True)
        scratch = _HOME / "model.part"
        scratch.write_bytes(_unpacked(_fetched()))
        shutil.copyfile(fast_folder / _PDF_FONT, _HOME / _PDF_FONT)
        scratch.replace(model)
    return _HOME


def _fetched() -> Path:
    command = ["npm", "pack", "--silent", "--pack-destination", str(_HOME), f"{PACKAGE}@{VERSION}"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return _HOME / f"{PACKAGE.replace('@', '').replace('/', '-')}-{VERSION}.tgz"


def _unpacked(path: Path) -> bytes:
    if base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode() != _SHA512:
        raise ValueError(f"{path.name} is not the pinned package")
    with tarfile.open(path) as package:
        member = package.extractfile(_MEMBER)
        if member is None:
            raise ValueError(f"{path.name} holds no {_MEMBER}")
        return gzip.decompress(member.read())
