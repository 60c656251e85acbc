"""Papers as people send them, and as nobody should."""

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image


def picture(
    form: str = "JPEG", *, size: tuple[int, int] = (60, 40), mode: str = "RGB", **said: object
) -> bytes:
    """Its left half is red, its right half blue."""
    drawn = Image.new(mode, size, "red")
    drawn.paste(Image.new(mode, (size[0] - size[0] // 2, size[1]), "blue"), (size[0] // 2, 0))
    written = io.BytesIO()
    drawn.save(written, form, **said)
    return written.getvalue()


def of_a_telephone(turned: int) -> bytes:
    """With where it was taken, and how the telephone was held (EXIF, 0x0112)."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Telephone of Garance"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


def pdf(pages: int = 1, text: str = "Livret de famille") -> Pdf:
    made = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
        page = made.pages[-1]
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = Stream(made, f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode())
    return made


def saved(made: Pdf, **said: Any) -> bytes:
    written = io.BytesIO()
    made.save(written, **said)
    return written.getvalue()


def acting() -> bytes:
    """Runs, opens, sends and carries, by each way that there is."""
    made = pdf()
    script = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made.Root.OpenAction = made.make_indirect(script)
    made.Root.AA = Dictionary(WC=script)
    made.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([pikepdf.String("a"), made.make_indirect(script)]))
    )
    made.attachments["virus.exe"] = b"MZ"
    page = made.pages[0]
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=pikepdf.String("cmd.exe")))
    page.Annots = Array(
        [
            made.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array([0, 0, 100, 100]),
                    A=Dictionary(S=Name.Launch, F=pikepdf.String("cmd.exe")),
                )
            )
        ]
    )
    with made.open_metadata() as said:
        said["dc:creator"] = ["Camille"]
    return saved(made)


def filled_in() -> bytes:
    """A form of the administration, with its answer."""
    made = pdf(text="Nom :")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=pikepdf.String("nom"),
            V=pikepdf.String("MARTIN"),
            DA=pikepdf.String("/F1 12 Tf 0 g"),
            Rect=Array([150, 690, 400, 720]),
            F=4,
        )
    )
    made.pages[0].Annots = Array([field])
    made.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        DR=Dictionary(Font=Dictionary(F1=font)),
        DA=pikepdf.String("/F1 12 Tf 0 g"),
        NeedAppearances=True,
    )
    return saved(made)
