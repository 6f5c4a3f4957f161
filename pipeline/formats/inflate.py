"""How large a compressed PDF stream is when unfolded, measured without ever holding it whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

import pikepdf

from dossiers.errors import InputCode, InputError

_STEP: Final = 1 << 20
_FLATE: Final = ("/FlateDecode", "/Fl")


def inflated_size(stream: pikepdf.Object, limit: int) -> int:
    """Returns the unfolded size in bytes; filters that are image codecs count as their raw bytes.

    Raises:
        InputError: LIMIT_EXCEEDED as soon as ``limit`` bytes are passed.
    """
    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    parts: Iterator[bytes] = iter((stream.read_raw_bytes(),))
    for name in names:
        if name not in _FLATE:
            break
        parts = _inflate(parts)
    size = 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise InputError(InputCode.LIMIT_EXCEEDED, "inflated size")
    return size


def _inflate(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Unfolds step by step; what is broken is the decoder's business, only size matters here."""
    machine = zlib.decompressobj()
    for part in parts:
        rest = part
        while rest and not machine.eof:
            try:
                unfolded = machine.decompress(rest, _STEP)
            except zlib.error:
                return
            if not unfolded and machine.unconsumed_tail == rest:
                break
            yield unfolded
            rest = machine.unconsumed_tail
