"""SANE configuration folders of our own: which backends there are, and nothing of the machine's."""

from __future__ import annotations

from pathlib import Path


def test_backend(folder: Path) -> Path:
    """SANE's test device, large enough for A4, and its reader of picture files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("test\npnm\n")
    (folder / "test.conf").write_text("number_of_devices 1\ngeometry_max 300.0\n")
    return folder


def network_client(folder: Path, host: str) -> Path:
    """The devices of another machine, through its ``saned``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("net\n")
    (folder / "net.conf").write_text(f"connect_timeout = 3\n{host}\n")
    return folder


def network_server(folder: Path) -> Path:
    """The test device, offered to this machine alone."""
    test_backend(folder)
    (folder / "saned.conf").write_text("127.0.0.1\n")
    return folder


def airscan_client(folder: Path, url: str) -> Path:
    """One eSCL device by its address, without looking for others."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("airscan\n")
    (folder / "airscan.conf").write_text(
        f'[devices]\n"Test MFP" = {url}, eSCL\n[options]\ndiscovery = disable\nws-discovery = off\n'
    )
    return folder
