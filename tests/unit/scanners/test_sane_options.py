"""Options in the shapes of real backends: what the device can do, and what it is told.

The listings are written in the shape that each backend prints (man pages of SANE, reports of users), with
invented devices.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners.drivers.sane.choices import Options, capabilities_of, sources_of, values_for
from scanners.drivers.sane.listing import read_options
from scanners.drivers.sane.option import Kind
from scanners.settings import ColourMode, ScanSettings, Source

SHAPES = Path(__file__).with_name("option_shapes")
ALL = sorted(path.stem for path in SHAPES.glob("*.txt"))
A4 = ScanSettings(source=Source.FEEDER, dpi=300)
FLATBED, FEEDER, DUPLEX = Source.FLATBED, Source.FEEDER, Source.FEEDER_DUPLEX
COLOUR, GREY, BITONAL = ColourMode.COLOUR, ColourMode.GREY, ColourMode.BITONAL


def _options(shape: str) -> Options:
    return read_options((SHAPES / f"{shape}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("fujitsu", {FEEDER: {"source": "ADF Front"}, DUPLEX: {"source": "ADF Duplex"}}),
        ("epjitsu", {FEEDER: {"source": "ADF Front"}, DUPLEX: {"source": "ADF Duplex"}}),
        (
            "epson2",
            {
                FLATBED: {"source": "Flatbed"},
                FEEDER: {"source": "Automatic Document Feeder", "adf-mode": "Simplex"},
                DUPLEX: {"source": "Automatic Document Feeder", "adf-mode": "Duplex"},
            },
        ),
        (
            "epsonds",
            {FLATBED: {"source": "Flatbed"}, FEEDER: {"source": "ADF"}, DUPLEX: {"source": "ADF Duplex"}},
        ),
        ("hpaio", {FLATBED: {"source": "Flatbed"}, FEEDER: {"source": "ADF"}, DUPLEX: {"source": "Duplex"}}),
        (
            "pixma",
            {
                FLATBED: {"source": "Flatbed"},
                FEEDER: {"source": "Automatic Document Feeder"},
                DUPLEX: {"source": "ADF Duplex"},
            },
        ),
        ("plustek", {FLATBED: {}}),
        ("xerox_mfp", {FLATBED: {"source": "Flatbed"}, FEEDER: {"source": "ADF"}}),
        (
            "brother5",
            {
                FEEDER: {"source": "Automatic Document Feeder(left aligned)"},
                DUPLEX: {"source": "Automatic Document Feeder(left aligned,Duplex)"},
            },
        ),
        ("canon_pixma_pel", {FLATBED: {}}),
        ("pel_area", {FEEDER: {}}),
        (
            "hp5590",
            {FLATBED: {"source": "Flatbed"}, FEEDER: {"source": "ADF"}, DUPLEX: {"source": "ADF Duplex"}},
        ),
        (
            "airscan",
            {FLATBED: {"source": "Flatbed"}, FEEDER: {"source": "ADF"}, DUPLEX: {"source": "ADF Duplex"}},
        ),
        ("bare", {FLATBED: {}}),
    ],
)
def test_sources_are_found_under_every_name(shape, expected):
    assert sources_of(_options(shape)) == expected


@pytest.mark.parametrize(
    ("shape", "modes", "allowed", "refused", "area"),
    [
        ("fujitsu", {COLOUR, GREY, BITONAL}, {50, 299, 600}, {49, 601}, (221.121, 876.695)),
        ("epjitsu", {COLOUR, GREY, BITONAL}, {50, 300, 600}, {49}, (219.428, 450.707)),
        ("epson2", {COLOUR, GREY, BITONAL}, {75, 300, 1200}, {76, 400}, (215.9, 297.18)),
        ("epsonds", {COLOUR, GREY, BITONAL}, {50, 333, 600}, {601}, (215.9, 1016)),
        ("hpaio", {COLOUR, GREY, BITONAL}, {75, 100, 600}, {150}, (215.9, 355.6)),
        ("pixma", {COLOUR, GREY, BITONAL}, {75, 150, 600}, {100}, (216.069, 355.6)),
        ("plustek", {COLOUR, GREY, BITONAL}, {50, 300, 1200}, {49}, (215, 297)),
        ("xerox_mfp", {COLOUR, GREY, BITONAL}, {75, 600}, {400}, (215.9, 297.18)),
        ("brother5", {COLOUR, GREY, BITONAL}, {100, 1200}, {75}, (215.9, 355.6)),
        ("canon_pixma_pel", {COLOUR, GREY}, {75, 300}, {600}, (210, 297)),
        ("pel_area", {COLOUR, GREY, BITONAL}, {100, 300}, {250}, (215.9, 355.6)),
        ("hp5590", {COLOUR, GREY, BITONAL}, {100, 2400}, {150}, (215.88, 296.969)),
        ("airscan", {COLOUR, GREY, BITONAL}, {75, 600}, {400}, (215.9, 355.6)),
        ("bare", {COLOUR}, {75, 300, 600}, {50}, (210, 297)),
    ],
)
def test_what_a_device_can_do_is_read_of_its_options(shape, modes, allowed, refused, area):
    found = capabilities_of(Source.FEEDER, _options(shape))

    assert found.modes == modes
    assert {dpi for dpi in allowed | refused if found.resolutions.allows(dpi)} == allowed
    assert (found.width_mm, found.height_mm) == pytest.approx(area)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (
            "fujitsu",
            {
                "mode": "Color",
                "resolution": "300",
                "df-action": "Stop",
                "page-width": "210",
                "page-height": "297",
                "l": "0",
                "t": "0",
                "x": "210",
                "y": "297",
            },
        ),
        (
            "epjitsu",
            {"mode": "Color", "resolution": "300", "page-width": "210", "page-height": "297", "t": "0"},
        ),
        ("epson2", {"mode": "Color", "resolution": "300", "l": "0", "t": "0", "x": "210", "y": "297"}),
        (
            "epsonds",
            {"mode": "Color", "depth": "8", "resolution": "300", "l": "0", "t": "0", "x": "210", "y": "297"},
        ),
        (
            "plustek",
            {"mode": "Color", "depth": "8", "resolution": "300", "l": "0", "t": "0", "x": "210", "y": "297"},
        ),
        (
            "brother5",
            {
                "mode": "24bit Color[Fast]",
                "resolution": "300",
                "MultifeedDetection": "yes",
                "l": "0",
                "t": "0",
                "x": "210",
                "y": "297",
            },
        ),
        (
            "hp5590",
            {"mode": "Color (24 bits)", "resolution": "300", "l": "0", "t": "0", "x": "210", "y": "296.969"},
        ),
        (
            "pel_area",
            {
                "mode": "Color",
                "x-resolution": "300",
                "y-resolution": "300",
                "l": "0",
                "t": "0",
                "x": "2480.315",
                "y": "3507.874",
            },
        ),
        ("bare", {"resolution": "300"}),
    ],
)
def test_settings_become_values_in_the_words_of_the_device(shape, expected):
    assert values_for(A4, _options(shape)) == expected


@pytest.mark.parametrize("shape", ALL)
def test_no_sensor_button_or_inactive_option_is_ever_set(shape):
    options = _options(shape)
    for mode in capabilities_of(FEEDER, options).modes:
        for name in values_for(ScanSettings(source=FEEDER, mode=mode), options):
            assert options[name].is_usable


def test_pages_longer_than_the_present_page_are_allowed_where_the_page_can_be_set():
    values = values_for(ScanSettings(source=FEEDER, height_mm=500), _options("fujitsu"))
    assert (values["page-height"], values["y"]) == ("500", "500")


def test_words_with_brackets_are_not_torn():
    mode = _options("brother5")["mode"]
    assert mode.words == ("24bit Color[Fast]", "Black & White", "True Gray", "Gray[Error Diffusion]")
    assert mode.value == "24bit Color[Fast]"


def test_kinds_and_marks_are_told_apart():
    fujitsu, pixma = _options("fujitsu"), _options("pixma")
    assert fujitsu["double-feed"].value == "no"
    assert not fujitsu["double-feed"].is_settable
    assert not fujitsu["df-skew"].is_active
    assert pixma["button-update"].kind is Kind.BUTTON
    assert pixma["gamma"].least == pytest.approx(0.299988)
    assert _options("epson2")["eject"].kind is Kind.BUTTON


def test_every_shape_is_covered_by_the_tables():
    assert {"fujitsu", "epjitsu", "epson2", "epsonds", "hpaio", "pixma", "plustek", "xerox_mfp"} <= set(ALL)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text):
    options = read_options(f"    --mode {text}\n    -x {text}\n    --resolution {text}")
    for source in sources_of(options):
        capabilities_of(source, options)
        values_for(A4, options)
