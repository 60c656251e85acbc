"""What is wrong with what was typed, where that is known."""

import re
from collections.abc import Iterator

from core import codes

# What a code is among, even if it was heard or copied wrong.
LIKE_A_CODE = re.compile(rf"[{codes.ALPHABET}]{{10,15}}")


def hints(text: str) -> Iterator[str]:
    """What looks like a code, and is none."""
    code = codes.characters_of(text)
    if not LIKE_A_CODE.fullmatch(code) or not re.search("[0-9]", text):
        return
    missing = codes.LENGTH + 1 - len(code)
    if missing > 0:
        yield f"Pour un code de ticket, il manque {missing} caractère{'s' * (missing > 1)}."
    elif missing < 0:
        yield f"Pour un code de ticket, il y a {-missing} caractère{'s' * (missing < -1)} de trop."
    else:
        yield (
            "Si c’est un code de ticket, il est mal recopié\N{NO-BREAK SPACE}: un caractère est faux, ou "
            "deux sont échangés."
        )
