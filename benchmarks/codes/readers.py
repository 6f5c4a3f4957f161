"""Readers of QR codes under measurement: Sohoa's, and those that come with OpenCV and zxing-cpp."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

import cv2
import numpy as np
import zxingcpp

from classifiers.codes.search import read_codes
from pipeline.image import PageImage, Pixels

#: Gives the texts of all QR codes of an image.
Reader = Callable[[PageImage], Sequence[str]]


def sohoa(image: PageImage) -> Sequence[str]:
    """The search that Sohoa uses; barcodes are searched for too and count in its time."""
    return [code.text for code in read_codes(image) if code.is_qr]


def zxing(image: PageImage) -> Sequence[str]:
    """zxing-cpp on the whole image with its own defaults."""
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [code.text for code in zxingcpp.read_barcodes(_grey(image.pixels), formats=formats)]


def opencv(image: PageImage) -> Sequence[str]:
    """OpenCV's ``QRCodeDetector``."""
    return _detected(cv2.QRCodeDetector(), image)


def opencv_aruco(image: PageImage) -> Sequence[str]:
    """OpenCV's ``QRCodeDetectorAruco``."""
    return _detected(cv2.QRCodeDetectorAruco(), image)


READERS: Final[dict[str, Reader]] = {
    "Sohoa": sohoa,
    "zxing-cpp alone": zxing,
    "OpenCV": opencv,
    "OpenCV ArUco": opencv_aruco,
}


def timed(reader: Reader, image: PageImage) -> tuple[Sequence[str], float]:
    """What a reader finds, and its CPU seconds."""
    started = time.process_time()
    texts = reader(image)
    return texts, time.process_time() - started


def _detected(detector: cv2.QRCodeDetector | cv2.QRCodeDetectorAruco, image: PageImage) -> Sequence[str]:
    try:
        _, texts, _, _ = detector.detectAndDecodeMulti(_grey(image.pixels))
    except (cv2.error, UnicodeDecodeError):
        return ()
    return [text for text in texts if text]


def _grey(pixels: Pixels) -> Pixels:
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.ascontiguousarray(grey, dtype=np.uint8)
