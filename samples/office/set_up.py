"""Sets up the sample office: invented accounts, a person with papers on file, simulated scanners.

    python -m samples.office.set_up FOLDER

The folder becomes the data folder of ``sohoa desk``; where it is set up already, nothing is done. Everything
goes through the commands of ``sohoa``, in this one process.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from sohoa.cli.main import sohoa

HERE: Final = Path(__file__).parent
DATA: Final = HERE.parent / "data"
#: Password of every sample account; nobody else's.
PASSWORD: Final = "quay tiep nhan mau"  # noqa: S105
#: Invented: province code 003 is assigned to nobody.
MOTHER: Final = "003195500150"
CLERK: Final = "Trần Thị Cán Bộ"
ACCOUNTS: Final = (
    ("canbo", CLERK, "clerk"),
    ("hoa", "Nguyễn Thị Hoà", "clerk"),
    ("soat", "Phạm Văn Soát", "back_office"),
    ("truong", "Lê Thị Trưởng", "manager"),
    ("quantri", "Đỗ Văn Quản", "administrator"),
)
#: Dossiers whose papers lie in the feeders of simulated scanners.
TRAYS: Final = ("01-dang-ky-khai-sinh", "02-dang-ky-thuong-tru", "03-dang-ky-ket-hon")


def set_up(folder: Path) -> None:
    """Does all of it once."""
    done = folder / ".sample-office"
    if done.exists():
        return
    _write_files(folder)
    for name, shown_name, role in ACCOUNTS:
        _run(folder, "account", "add", name, "--shown-name", shown_name, "--role", role, "--by", CLERK)
    _first_visit(folder)
    done.touch()


def _write_files(folder: Path) -> None:
    (folder / "trays").mkdir(parents=True, exist_ok=True)
    for name in ("agencies.toml", "profiles.toml"):
        shutil.copy(HERE / name, folder)
    for name in TRAYS:
        shutil.copytree(DATA / name, folder / "trays" / name, dirs_exist_ok=True)
    settings = (HERE / "sohoa.toml").read_text(encoding="utf-8")
    trays = f"\n[scanner_options.simulated]\nfolder = {json.dumps(str(folder / 'trays'))}\n"
    (folder / "sohoa.toml").write_text(settings + trays, encoding="utf-8")


def _first_visit(folder: Path) -> None:
    """A mother whose papers were taken in before, who agreed, and who got her result."""
    first = folder / "first"
    shutil.copytree(DATA / TRAYS[0], first / TRAYS[0], dirs_exist_ok=True)
    _run(folder, "digitize", "--each", str(first), allowed=(0, 9))
    shutil.rmtree(first)
    found = json.loads(_run(folder, "find", "--procedure", "1.001193", "--citizen", MOTHER, "--json"))
    code = found[0]["dossier"]
    _run(folder, "review", code, "--confirm-all", "--by", CLERK)
    _run(folder, "vault", "consent", "--citizen", MOTHER, "--by", CLERK)
    result = ("--name", "Giấy khai sinh", "--type", "giay_khai_sinh")
    _run(folder, "dossier", "result", code, *result, "--by", CLERK)


def _run(folder: Path, *words: str, allowed: tuple[int, ...] = (0,)) -> str:
    before = ("--data-dir", str(folder), "--config", str(folder / "sohoa.toml"))
    result = CliRunner().invoke(sohoa, [*before, *words], input=f"{PASSWORD}\n")
    if result.exit_code not in allowed:
        raise SystemExit(f"sohoa {' '.join(words)}: {result.exception or result.output}")
    return result.stdout


if __name__ == "__main__":
    set_up(Path(sys.argv[1]).absolute())
