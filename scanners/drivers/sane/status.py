"""SANE's status codes and words in our errors (sane.h, SANE_Status; sane_strstatus for the words)."""

from __future__ import annotations

from typing import Final

from dossiers.errors import DeviceCode

#: Exit statuses of ``scanimage``: those of SANE, except that 1 also means that it could not open the device.
_BY_STATUS: Final = {
    1: DeviceCode.DRIVER_FAILED,  # unsupported
    2: DeviceCode.DRIVER_FAILED,  # cancelled at the device
    3: DeviceCode.BUSY,
    4: DeviceCode.UNSUPPORTED_SETTING,  # invalid argument
    6: DeviceCode.JAM,
    7: DeviceCode.FEEDER_EMPTY,
    8: DeviceCode.COVER_OPEN,
    9: DeviceCode.OFFLINE,  # input or output failed
    10: DeviceCode.DRIVER_FAILED,  # out of memory
    11: DeviceCode.DRIVER_FAILED,  # access denied
}

#: Words of sane_strstatus in English; the only thing that tells why a device could not be opened.
_BY_WORDS: Final = {
    "Device busy": DeviceCode.BUSY,
    "Invalid argument": DeviceCode.OFFLINE,  # there is no such device
    "Error during device I/O": DeviceCode.OFFLINE,
    "Document feeder jammed": DeviceCode.JAM,
    "Document feeder out of documents": DeviceCode.FEEDER_EMPTY,
    "Scanner cover is open": DeviceCode.COVER_OPEN,
    "Access to resource has been denied": DeviceCode.DRIVER_FAILED,
}
_ACCESS_DENIED: Final = "Access to resource has been denied"


def code_of(status: int) -> DeviceCode | None:
    """The trouble that a status means while pages are taken; ``None`` where it says nothing."""
    return _BY_STATUS.get(status)


def code_told(words: str) -> DeviceCode | None:
    """The trouble that the program told of while pages were taken.

    ``OFFLINE`` for a status that SANE does not have: its network driver makes one up when its wire is cut.
    ``None`` where it told nothing.
    """
    if words.startswith("Unknown SANE status code"):
        return DeviceCode.OFFLINE
    return code_of_words(words) if words else None


def code_of_opening(complaint: str) -> DeviceCode:
    """Why a device cannot be opened, of what the program complains."""
    return next((code for words, code in _BY_WORDS.items() if words in complaint), DeviceCode.DRIVER_FAILED)


def code_of_words(words: str) -> DeviceCode:
    """The trouble that words mean while pages are taken: python-sane gives no statuses."""
    return DeviceCode.UNSUPPORTED_SETTING if words == "Invalid argument" else code_of_opening(words)


def hint_of_opening(complaint: str) -> str:
    """What an administrator should do; never the complaint itself, which names paths."""
    if _ACCESS_DENIED in complaint:
        return "no permission: add the user to the group scanner, see docs/scanners.md"
    return "cannot be opened"
