"""What is particular to SANE: depths, pictures, odd drivers, real pages through a real SANE path."""

from __future__ import annotations

import io
import os
import stat
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dossiers.errors import ConfigurationError, DeviceCode, DeviceError
from scanners.driver import RawPage
from scanners.drivers.sane.driver import SaneDriver, make
from scanners.settings import ColourMode, ScanSettings, Source
from tests.integration.scanners import sane_config
from tests.integration.scanners.benches import require_program

GLASS = ScanSettings(source=Source.FLATBED, dpi=75)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    require_program("scanimage")
    return sane_config.test_backend(tmp_path / "sane")


def _driver(config: Path, extra: str = "", **options: str) -> SaneDriver:
    return make({"config_dir": str(config), "set": extra, **options})


def _page(config: Path, settings: ScanSettings = GLASS, extra: str = "") -> Image.Image:
    [page] = _driver(config, extra).open("test:0").scan(settings)
    assert isinstance(page, RawPage)
    picture = Image.open(io.BytesIO(page.content))
    picture.load()
    return picture


@pytest.mark.parametrize("name", ["Solid black", "Solid white", "Color pattern", "Grid"])
@pytest.mark.parametrize("mode", list(ColourMode))
def test_every_picture_of_the_test_device_comes_in_every_mode(config, name, mode):
    picture = _page(config, ScanSettings(source=Source.FLATBED, dpi=75, mode=mode), f"test-picture={name}")
    assert picture.mode == {"colour": "RGB", "grey": "L", "bitonal": "1"}[mode.value]
    assert picture.size == (620, 877) or abs(picture.height - 877) <= 2
    darkest, lightest = min(picture.tobytes()), max(picture.tobytes())
    if mode is ColourMode.BITONAL:
        darkest, lightest = picture.getextrema()
    if name == "Solid black":
        assert lightest < 8
    elif name == "Solid white":
        assert darkest > 247
    else:
        assert darkest < 8
        assert lightest > 247


@pytest.mark.parametrize("extra", ["depth=16", "depth=16;invert-endianess=yes"])
def test_sixteen_bits_a_sample_become_eight(config, extra):
    deep = _page(config, extra=f"test-picture=Grid;{extra}")
    usual = _page(config, extra="test-picture=Grid")
    assert deep.size == usual.size
    assert np.abs(np.asarray(deep, int) - np.asarray(usual, int)).max() <= 3


@pytest.mark.parametrize(
    "extra",
    [
        "read-limit=yes;read-limit-size=1000",
        "fuzzy-parameters=yes",
        "non-blocking=yes",
        "select-fd=yes",
        "ppl-loss=17",
        "enable-test-options=yes",
    ],
)
def test_odd_ways_of_drivers_change_nothing_of_the_page(config, extra):
    picture = _page(config, extra=f"test-picture=Grid;{extra}")
    assert abs(picture.height - 877) <= 2
    assert abs(picture.width - 620) <= 17 + 2


#: What each of SANE's own troubles is to us; the device still answers, so it is not offline.
STATUSES = {
    "UNSUPPORTED": DeviceCode.DRIVER_FAILED,
    "CANCELLED": DeviceCode.DRIVER_FAILED,
    "DEVICE_BUSY": DeviceCode.BUSY,
    "INVAL": DeviceCode.UNSUPPORTED_SETTING,
    "EOF": DeviceCode.DRIVER_FAILED,
    "JAMMED": DeviceCode.JAM,
    "NO_DOCS": DeviceCode.FEEDER_EMPTY,
    "COVER_OPEN": DeviceCode.COVER_OPEN,
    "IO_ERROR": DeviceCode.DRIVER_FAILED,
    "NO_MEM": DeviceCode.DRIVER_FAILED,
    "ACCESS_DENIED": DeviceCode.DRIVER_FAILED,
}


@pytest.mark.parametrize("status", STATUSES)
def test_every_trouble_that_the_test_device_can_make_is_told_apart_and_gives_no_page(config, status):
    feeder = ScanSettings(source=Source.FEEDER, dpi=50, width_mm=40, height_mm=40)
    pages = []
    with pytest.raises(DeviceError) as trouble:
        pages.extend(_driver(config, f"read-return-value=SANE_STATUS_{status}").open("test:0").scan(feeder))
    assert trouble.value.reason is STATUSES[status]
    assert trouble.value.sheet in (None, 1)
    assert not pages


def test_a_driver_that_does_not_know_the_height_before_gives_a_whole_page(config):
    picture = _page(config, extra="hand-scanner=yes;test-picture=Grid")
    alone = subprocess.run(
        [
            *("scanimage", "--device-name=test:0", "--hand-scanner=yes", "--mode=Color", "--resolution=75"),
            *("-x210", "-y297", "--test-picture=Grid", "--format=pnm"),
        ],
        env={**os.environ, "SANE_CONFIG_DIR": str(config)},
        capture_output=True,
        check=True,
    )
    assert picture.size == Image.open(io.BytesIO(alone.stdout)).size


def test_a_picture_sent_in_three_passes_is_one_page(config):
    picture = _page(config, extra="three-pass=yes;test-picture=Color pattern")
    assert picture.mode == "RGB"
    assert abs(picture.height - 877) <= 2


def test_a_real_page_comes_through_sane_once_though_its_driver_sends_it_twice(config, tmp_path):
    sample = Path(__file__).parents[3] / "samples" / "data" / "01-dang-ky-khai-sinh" / "to-khai.jpg"
    original = Image.open(sample).convert("RGB")
    original.save(tmp_path / "page.ppm")
    scanner = _driver(config, f"filename={tmp_path / 'page.ppm'};resolution=75").open("pnm:0")
    [page] = scanner.scan(GLASS)
    assert isinstance(page, RawPage)
    scanned = Image.open(io.BytesIO(page.content)).convert("RGB")
    assert scanned.width == original.width
    assert original.height - 2 <= scanned.height <= original.height
    same = np.asarray(original.crop((0, 0, *scanned.size)), int) - np.asarray(scanned, int)
    assert np.abs(same).mean() < 3


def test_a_device_that_is_not_there_is_offline(config):
    with pytest.raises(DeviceError) as trouble:
        _driver(config).open("test:99")
    assert trouble.value.reason is DeviceCode.OFFLINE


def test_a_device_whose_name_looks_like_an_option_is_just_not_there(config):
    for name in ("--help", "-A", "test:0 --resolution=1", ""):
        with pytest.raises(DeviceError):
            _driver(config).open(name or "nosuch:")


def test_without_scanimage_the_way_to_get_it_is_told(config):
    with pytest.raises(ConfigurationError) as missing:
        _driver(config, program="no-such-program").discover(1)
    assert missing.value.code == "MISSING_TOOL"
    assert "sane-utils" in missing.value.hint


def _stand_in(tmp_path: Path, text: str) -> str:
    """A program in the place of scanimage, for devices that we have not."""
    program = tmp_path / "scanimage"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def _listing(shape: str, **changes: str) -> str:
    text = (Path(__file__).parents[2] / "unit/scanners/option_shapes" / f"{shape}.txt").read_text(
        encoding="utf-8"
    )
    for old, new in changes.items():
        assert old.replace("_", "-") in text
        text = text.replace(
            f"--{old.replace('_', '-')}[=(yes|no)] [no]", f"--{old.replace('_', '-')}[=(yes|no)] {new}"
        )
    return text


def test_a_jam_of_a_device_whose_sensor_saw_two_sheets_is_a_double_feed(tmp_path):
    (tmp_path / "options").write_text(_listing("fujitsu", double_feed="[yes]"), encoding="utf-8")
    program = _stand_in(
        tmp_path,
        f'case "$*" in *--all-options*) cat {tmp_path}/options;; *) read key; echo jammed >&2; exit 6;; esac',
    )
    scanner = make({"program": program}).open("fujitsu:1")
    with pytest.raises(DeviceError) as trouble:
        list(scanner.scan(ScanSettings(source=Source.FEEDER, dpi=300)))
    assert trouble.value.reason is DeviceCode.DOUBLE_FEED


@pytest.mark.parametrize(
    ("words", "reason", "hint"),
    [
        ("Device busy", DeviceCode.BUSY, ""),
        ("Access to resource has been denied", DeviceCode.DRIVER_FAILED, "group scanner"),
        ("Error during device I/O", DeviceCode.OFFLINE, ""),
        ("Out of memory", DeviceCode.DRIVER_FAILED, ""),
    ],
)
def test_why_a_device_cannot_be_opened_is_told_apart(tmp_path, words, reason, hint):
    program = _stand_in(tmp_path, f'echo "scanimage: open of device x:1 failed: {words}" >&2; exit 1')
    with pytest.raises(DeviceError) as trouble:
        make({"program": program}).open("x:1")
    assert trouble.value.reason is reason
    assert hint in trouble.value.hint


def test_a_device_that_never_answers_is_offline(tmp_path):
    program = _stand_in(tmp_path, "exec sleep 600")
    with pytest.raises(DeviceError) as trouble:
        make({"program": program, "open_seconds": "0.3"}).open("x:1")
    assert trouble.value.reason is DeviceCode.OFFLINE


def test_a_search_that_takes_too_long_finds_nothing(tmp_path):
    assert make({"program": _stand_in(tmp_path, "exec sleep 600")}).discover(0.3) == ()


@pytest.mark.parametrize(
    ("is_there", "reason"), [("true", DeviceCode.DRIVER_FAILED), ("false", DeviceCode.OFFLINE)]
)
def test_a_page_that_is_written_short_is_no_page(tmp_path, is_there, reason):
    (tmp_path / "options").write_text(_listing("airscan"), encoding="utf-8")
    program = _stand_in(
        tmp_path,
        f"""case "$*" in *--all-options*) cat {tmp_path}/options; exit;; *" -n") {is_there}; exit;; esac
for each in "$@"; do case "$each" in --batch=*) at=${{each#--batch=}}; at=${{at%%%d.pnm}}1.pnm;; esac; done
read key; printf 'P6\\n# SANE data follows\\n100 100\\n255\\nfew' > "$at"; echo "$at"; read key""",
    )
    with pytest.raises(DeviceError) as trouble:
        list(make({"program": program}).open("airscan:e0:x").scan(GLASS))
    assert (trouble.value.reason, trouble.value.sheet) == (reason, 1)


@pytest.mark.parametrize("told", ["", "scanimage: sane_get_parameters: Unknown SANE status code 870301424"])
@pytest.mark.parametrize("status", [0, 6])
def test_an_end_without_a_word_of_the_feeder_is_no_end_of_the_paper(tmp_path, told, status):
    if status and not told:
        pytest.skip("that is a jam")
    (tmp_path / "options").write_text(_listing("airscan"), encoding="utf-8")
    program = _stand_in(
        tmp_path,
        f"""case "$*" in *--all-options*) cat {tmp_path}/options; exit;; *" -n") exit 1;; esac
for each in "$@"; do case "$each" in --batch=*) at=${{each#--batch=}}; at=${{at%%%d.pnm}}1.pnm;; esac; done
read key; printf 'P5\\n1 1\\n255\\nx' > "$at"; echo "$at"; read key; echo '{told}' >&2; exit {status}""",
    )
    stream = make({"program": program}).open("airscan:e0:x").scan(ScanSettings(source=Source.FEEDER, dpi=75))
    next(stream)
    with pytest.raises(DeviceError) as trouble:
        next(stream)
    assert (trouble.value.reason, trouble.value.sheet) == (DeviceCode.OFFLINE, 2)


def test_what_a_driver_told_before_it_hung_counts(tmp_path):
    (tmp_path / "options").write_text(_listing("airscan"), encoding="utf-8")
    program = _stand_in(
        tmp_path,
        f"""case "$*" in *--all-options*) cat {tmp_path}/options; exit;; esac
read key; echo 'scanimage: sane_read: Scanner cover is open' >&2; exec sleep 600""",
    )
    with pytest.raises(DeviceError) as trouble:
        list(make({"program": program}).open("airscan:e0:x").scan(GLASS))
    assert trouble.value.reason is DeviceCode.COVER_OPEN


@pytest.mark.parametrize(
    "options",
    [{"nosuch": "1"}, {"set": "a"}, {"set": "--x=1"}, {"in_process": "maybe"}, {"first_seconds": "-1"}],
)
def test_options_that_nobody_knows_are_refused(options):
    with pytest.raises(ConfigurationError):
        make(options)


def test_nothing_of_a_page_is_left_behind(config, tmp_path):
    spool = tmp_path / "spool"
    spool.mkdir()
    stream = (
        _driver(config, spool_dir=str(spool)).open("test:0").scan(ScanSettings(source=Source.FEEDER, dpi=75))
    )
    next(stream)
    [folder] = spool.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["lock"]
    stream.close()
    assert list(spool.iterdir()) == []
