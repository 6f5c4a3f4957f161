"""The list of committed sample files: hash, size, licence, purpose."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from samples.generator.truth import DossierTruth

#: Name of the list inside the folder it describes.
MANIFEST: Final = "manifest.toml"
_LICENCE: Final = "MIT"


def write_manifest(folder: Path, truths: list[DossierTruth], command: str) -> None:
    """Writes ``manifest.toml`` for every file under ``folder``, in order of path."""
    purposes = {truth["dossier"]: _purpose(truth) for truth in truths}
    rows = [
        "# Written by the sample generator; everybody in these files is invented.",
        f'command = "{command}"',
        "",
    ]
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and each.name != MANIFEST):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        purpose = purposes.get(path.parent.name, {}).get(path.name, "description of the dossier")
        rows += [
            "[[files]]",
            f'path = "{name}"',
            f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
            f"bytes = {len(content)}",
            f'licence = "{_LICENCE}"',
            f'purpose = "{purpose}"',
            "",
        ]
    (folder / MANIFEST).write_text("\n".join(rows), "utf-8")


def _purpose(truth: DossierTruth) -> dict[str, str]:
    found: dict[str, str] = {"truth.json": "truth of the dossier"}
    for page in truth["pages"]:
        words = f"{page['type_id']} {page['mode']} {page['dpi']} dpi"
        before = found.get(page["file"])
        found[page["file"]] = f"{before}; {words}" if before else words
    return found
