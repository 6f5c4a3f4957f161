"""Lays one picture of a page onto another without being told how it was turned, cut or straightened."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.reading.similarity import Grey

Matrix = npt.NDArray[np.float64]

#: Points of interest looked for, and pairs of them that must agree.
_POINTS: Final = 6000
_LEAST_PAIRS: Final = 40
#: Of the second best candidate's distance; clearer matches than that count.
_CLEAR: Final = 0.8
#: Pixels of the working size that a pair may be off.
_OFF: Final = 2.0
#: Longer side while points are looked for, in pixels.
_WORKING: Final = 1700
#: Then the flow of so many corners, so many pixels apart, lays them onto each other, so often.
_CORNERS: Final = 3000
_CORNER_GAP: Final = 6
_ROUNDS: Final = 2
_FLOW_WINDOW: Final = (25, 25)
#: Pixels that a corner may differ from what fits most of them.
_FLOW_OFF: Final = 0.4
_STEPS: Final = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 1e-6)
#: Blur before both, so that 1-bit edges have slopes, in pixels.
_SOFT: Final = 1.0


def register(moving: Grey, fixed: Grey) -> Matrix | None:
    """Returns the 3 x 3 matrix from pixels of the first to pixels of the second; ``None`` where none is sure.

    Points that both show give it, whichever way up; the flow of corners or the correlation of
    both pictures, whichever agrees more, then refines it to a fraction of a pixel.
    """
    small, shrunk = _small(moving), _small(fixed)
    guess = _from_points(small, shrunk)
    if guess is None:
        return None
    flowed = _by_flow(small, shrunk, guess)
    tried = (flowed, _by_correlation(small, shrunk, flowed))
    fine = max(tried, key=lambda matrix: _agreement(small, shrunk, matrix))
    found: Matrix = np.linalg.inv(scaling(fixed, shrunk)) @ fine @ scaling(moving, small)
    return found


def scaling(source: Grey, target: Grey) -> Matrix:
    """Returns the matrix from pixels of one picture to those of the same picture in another size."""
    across, down = target.shape[1] / source.shape[1], target.shape[0] / source.shape[0]
    return np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1]], np.float64)


def _small(picture: Grey) -> Grey:
    factor = min(1.0, _WORKING / max(picture.shape))
    size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _from_points(moving: Grey, fixed: Grey) -> Matrix | None:
    finder = cv2.ORB_create(_POINTS)  # type: ignore[attr-defined]
    points, marks = finder.detectAndCompute(moving, None)
    others, other_marks = finder.detectAndCompute(fixed, None)
    if min(len(points), len(others)) < _LEAST_PAIRS:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(marks, other_marks, k=2)
    clear = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < _CLEAR * pair[1].distance]
    if len(clear) < _LEAST_PAIRS:
        return None
    here = np.array([points[pair.queryIdx].pt for pair in clear], dtype=np.float32)
    there = np.array([others[pair.trainIdx].pt for pair in clear], dtype=np.float32)
    found, agreed = cv2.findHomography(here, there, cv2.RANSAC, _OFF)
    if int(agreed.sum()) < _LEAST_PAIRS:
        return None
    return np.asarray(found, np.float64)


def _by_flow(moving: Grey, fixed: Grey, guess: Matrix) -> Matrix:
    """Moves the guess by what the flow of corners says that is still left, to about a tenth of a pixel."""
    found = guess
    height, width = fixed.shape
    soft = cv2.GaussianBlur(fixed, (0, 0), _SOFT)
    corners = cv2.goodFeaturesToTrack(soft, _CORNERS, 0.01, _CORNER_GAP)
    for _ in range(_ROUNDS):
        moved = cv2.warpPerspective(moving, found, (width, height), borderMode=cv2.BORDER_REPLICATE)
        blurred = cv2.GaussianBlur(moved, (0, 0), _SOFT)
        flow, is_found, _ = cv2.calcOpticalFlowPyrLK(  # type: ignore[call-overload]
            soft, blurred, corners, None, winSize=_FLOW_WINDOW, maxLevel=2
        )
        kept = is_found.ravel() == 1
        if kept.sum() < _LEAST_PAIRS:
            return found
        step, _ = cv2.findHomography(flow[kept], corners[kept], cv2.RANSAC, _FLOW_OFF)
        if step is None:
            return found
        found = np.asarray(step, np.float64) @ found
    return found


def _by_correlation(moving: Grey, fixed: Grey, guess: Matrix) -> Matrix:
    """Moves the guess to where both pictures correlate best; the guess where that does not settle."""
    soft, other = cv2.GaussianBlur(moving, (0, 0), _SOFT), cv2.GaussianBlur(fixed, (0, 0), _SOFT)
    start = np.linalg.inv(guess).astype(np.float32)
    try:
        _, inverse = cv2.findTransformECC(other, soft, start, cv2.MOTION_HOMOGRAPHY, _STEPS)
    except cv2.error:
        return guess
    return np.asarray(np.linalg.inv(inverse.astype(np.float64)), np.float64)


def _agreement(moving: Grey, fixed: Grey, matrix: Matrix) -> float:
    """Correlation of both pictures when laid so, -1 to 1."""
    size = (fixed.shape[1], fixed.shape[0])
    moved = cv2.warpPerspective(moving, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    return float(np.corrcoef(moved.ravel(), fixed.ravel())[0, 1])
