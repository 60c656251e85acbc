"""Photographs read in a process of its own, which tells what they took."""

import time
from collections.abc import Callable
from functools import partial

from PIL.Image import Image

from core import codes
from core.tests.photographs import encoded, photograph
from tickets.counter import photos
from tickets.qr import address

# How many tickets, in how many columns; and how they were taken.
COUNTS = {"1 ticket": (1, 1), "3 tickets": (3, 1), "30 tickets": (30, 5)}
TAKEN: dict[str, Callable[..., Image]] = {
    "de face": photograph,
    "de biais": partial(photograph, angle=25),
    "floue": partial(photograph, blur=2),
    "sombre": partial(photograph, light=0.3),
}


def main(rounds: str) -> dict[str, tuple[list[float], int]]:
    """Seconds of processor each time, and how many tickets were not found the last time."""
    return {
        f"{count} {taken}": _read(take(_addresses(number), columns=columns), number, int(rounds))
        for count, (number, columns) in COUNTS.items()
        for taken, take in TAKEN.items()
    }


def _addresses(number: int) -> list[str]:
    return [address(codes.complete(f"{rank:012}")) for rank in range(number)]


def _read(picture: Image, number: int, rounds: int) -> tuple[list[float], int]:
    content, took, found = encoded(picture, quality=85), [], 0
    for _ in range(rounds):
        start = time.process_time()
        found = len(photos.tickets_on(content))
        took.append(time.process_time() - start)
    return took, number - found
