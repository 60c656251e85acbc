import re

import weasyprint
from weasyprint.text import ffi

from .findings import Wrong

FONTS = {"DejaVu-Sans", "DejaVu-Sans-Mono"}
PAPER = '<p style="font-family: DejaVu Sans">Élève <code style="font-family: DejaVu Sans Mono">0123'


def check() -> str:
    """Pango was found, or no command would start. Draws as tickets are, and looks at what was drawn."""
    drawn = weasyprint.HTML(string=PAPER).write_pdf(uncompressed_pdf=True)
    fonts = {name.decode() for name in re.findall(rb"/BaseFont /\w+\+([\w-]+)", drawn)}
    if missing := FONTS - fonts:
        raise Wrong(f"{' et '.join(sorted(missing))} : police absente", "apt-get install fonts-dejavu-core")
    if ffi.harfbuzz_subset is None:
        raise Wrong(
            "sans harfbuzz-subset, un PDF prend trois fois plus de temps",
            "apt-get install libharfbuzz-subset0",
        )
    return f"WeasyPrint {weasyprint.__version__} dessine, avec ses polices"
