"""A table for a terminal."""

from collections.abc import Sequence


def aligned(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> list[str]:
    """Each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]
    rule = ["─" * width for width in widths]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (headings, rule, *lines)
    ]
