"""Which version of Pass+ this is."""

import re
from pathlib import Path


def read(directory: Path) -> str:
    """What deploy/release or the image noted in `directory`, otherwise the last one of its changelog.

    What comes after that one is called by its number and « +dev ».
    """
    noted = directory / "VERSION"
    if noted.exists():
        return noted.read_text().strip()
    changelog = (directory / "CHANGELOG.md").read_text()
    numbered: str = re.findall(r"(?m)^## \[(\d[\d.]*)\]", changelog)[0]
    return numbered + "+dev" * ("## [Non publié]" in changelog)
