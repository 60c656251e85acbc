"""A folder of files as Excel, LibreOffice, SIECLE, Pronote and Numbers make them, and what a good product
makes of each: how many children it creates, how many lines it refuses, and what it says."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA

from .workbooks import ods, xls, xlsx

LINE = LINA | ANNE
OTHER = LINE | {"Numéro d’élève": "E0002", "Prénom": "Zoé", "Responsable 1 prénom": "Loïc"}
FORMATS = {"xlsx": xlsx, "xls": xls, "ods": ods}


class File(NamedTuple):
    name: str
    content: bytes
    created: int
    refused: int = 0
    # Of what is said of a line, or of the file that is refused whole.
    says: str = ""


def csv(*lines, delimiter=";", end="\r\n", above=(), encoding="utf-8-sig"):
    titles = list(lines[0])
    rows = [titles, *([line.get(title, "") for title in titles] for line in lines)]
    return end.join([*above, *(delimiter.join(row) for row in rows), ""]).encode(encoding)


def book(make, *lines, above=(), **options):
    titles = list(lines[0])
    rows = [*above, titles, *([line.get(title) or None for title in titles] for line in lines)]
    return make({"Liste": rows}, **options)


def folder() -> Iterator[File]:
    yield from _texts()
    yield from _spoiled_texts()
    for extension, make in FORMATS.items():
        yield from _workbooks(extension, make)
    yield from _cells()


def _texts() -> Iterator[File]:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"):
        for name, delimiter in (("points-virgules", ";"), ("virgules", ","), ("tabulations", "\t")):
            lines = [_plain(LINE), _plain(OTHER)] if encoding in {"mac_roman", "cp850"} else [LINE, OTHER]
            content = csv(*lines, delimiter=delimiter, encoding=encoding)
            yield File(f"{encoding}-{name}.csv", content, 2)
    for name, end in (("unix", "\n"), ("windows", "\r\n"), ("vieux-mac", "\r")):
        yield File(f"fins-de-ligne-{name}.csv", csv(LINE, OTHER, end=end), 2)
    yield File("sep-en-tete.csv", csv(LINE, OTHER, above=["sep=;"]), 2)
    yield File("titre-plein-de-virgules.csv", csv(LINE, OTHER, above=["a,b,c,d,e,f,g,h,i,j,k,l,m,n"]), 2)
    yield File("titres-a-la-ligne-13.csv", csv(LINE, OTHER, above=["Collège"] * 12), 2)
    yield File("lignes-vides.csv", csv(LINE, {}, OTHER, {}), 2)
    yield File("lettres-et-accents-separes.csv", csv(LINE | {"Prénom": "Zoe\N{COMBINING ACUTE ACCENT}"}), 1)


def _plain(line):
    """Without the apostrophe that DOS does not know."""
    return {title.replace("’", "'"): cell for title, cell in line.items()}


def _spoiled_texts() -> Iterator[File]:
    whole = csv(LINE, OTHER).decode("utf-8-sig")
    titles, first, second, _ = whole.split("\r\n")
    quoted = first.replace("Anne", 'An"n"e')
    mixed = f"{titles}\n{first}\n".encode() + second.encode("cp1252")
    yield File("guillemet-jamais-ferme.csv", f'{titles}\n"{first}\n{second}'.encode(), 1, 1, "guillemet")
    yield File("guillemet-au-milieu.csv", f"{titles}\n{quoted}\n{second}".encode(), 1, 1, "milieu")
    yield File("separateur-de-trop.csv", f"{titles}\n{first};x\n{second}".encode(), 1, 1, "un ; de trop")
    shifted = first.replace(f";{LINE['Commune']};", f";;{LINE['Commune']};")
    wide = f"{titles};Responsable 2 nom\n{shifted};\n{second};"
    yield File("separateur-de-trop-au-milieu.csv", wide.encode(), 1, 1, "un ; de trop")
    short = first.replace(f"{LINE['Commune']};", LINE["Commune"])
    yield File(
        "separateur-qui-manque.csv", f"{titles}\n{short}\n{second}".encode(), 1, 1, "il manque sans doute"
    )
    yield File("cases-vides-au-bout.csv", f"{titles};;\n{first};;\n{second};;".encode(), 2)
    yield File("deux-encodages.csv", mixed, 0, 0, "accents")
    yield File("accents-abimes.csv", csv(LINE | {"Prénom": "ZoÃ©"}, OTHER), 1, 1, "accents")
    yield File("colonne-deux-fois.csv", f"{titles};Nom\n{first};x".encode(), 0, 0, "plusieurs fois")
    yield File("vide.csv", b"", 0, 0, "est vide")
    yield File("titres-seuls.csv", f"{titles}\n".encode(), 0, 0, "aucune ligne")
    yield File("une-liste-d-organismes.csv", b"Nom;Commune\nJUDO;Antony", 0, 0, "Il manque les colonnes")
    yield File("meme-eleve-deux-fois.csv", csv(LINE, LINE), 1, 1, "même élève qu’à la ligne 2")
    yield File("image.csv", b"\x89PNG\r\n\x1a\n", 0, 0, "une image")
    yield File("page-du-web.xls", b"<html><table><tr><td>Nom", 0, 0, "page du web")
    yield File("imprime.pdf", b"%PDF-1.7", 0, 0, "un PDF")


def _workbooks(extension, make) -> Iterator[File]:
    def file(name, content, created, refused=0, says=""):
        return File(f"{name}.{extension}", content, created, refused, says)

    lines = [LINE, OTHER]
    yield file("tableur", book(make, *lines), 2, says="feuille lue est")
    yield file("titre-et-ligne-vide", book(make, *lines, above=[["Élèves"], [None]]), 2)
    yield file("titres-a-la-ligne-20", book(make, *lines, above=[["Élèves"]] * 19), 2)
    yield file("ligne-filtree", book(make, *lines, hidden_rows=[3]), 2, says="lues comme les autres")
    yield file("erreur-du-tableur", book(make, LINE | {"Prénom": "#REF!"}, OTHER), 1, 1, "#REF!")
    yield file("recherche-sans-reponse", book(make, LINE | {"Niveau": "#N/A"}, OTHER), 1, 1, "#N/A")
    rows = [[*LINE], [*LINE.values()]]
    sheets = {"Ancienne": rows, "Nouvelle": [[*OTHER], [*OTHER.values()]]}
    yield file("feuille-cachee-en-premier", make(sheets, hidden=["Ancienne"]), 1, says="« Nouvelle »")
    yield file("page-de-garde", make({"Garde": [["Rentrée"]], "Liste": rows}), 1, says="« Liste »")
    yield file("deux-feuilles", make(sheets), 0, says="Plusieurs feuilles")
    dated = LINE | {"Naissance": dt.date(BIRTH, 5, 12), "Responsable 1 code postal": 1000}
    yield file("vraies-dates-et-nombres", book(make, dated), 1)
    yield file("titres-seuls", make({"Liste": [[*LINE]]}), 0, says="aucune ligne")
    yield file("tronque", book(make, *lines)[:2_000], 0, says="Ouvrez-le dans le tableur")


READ = {
    "Naissance": [
        *(f"12/05/{BIRTH}", f"12-05-{BIRTH}", f"12.05.{BIRTH}", f"{BIRTH}-05-12", f"{BIRTH}0512"),
        *(f"12/05/{BIRTH} 00:00", f"{BIRTH}-05-12 00:00:00", f"12 mai {BIRTH}", f"00/00/{BIRTH}"),
        *(f"12/05/{BIRTH % 100}", f"12-mai-{BIRTH % 100:02}", f"{BIRTH},0", f"{BIRTH}.0", f"mai {BIRTH}"),
    ],
    "Niveau": [
        *("5EME", "5ème", "5", "5A", "501", "5 ème", "5ÈME SEGPA", "5E PREP METIERS", "ULIS 5EME"),
        *("5EME BILANGUE", "CINQUIEME", "10110012110"),
    ],
    "Commune": [
        *("SCEAUX", "sceaux", "Sceaux Cedex", "ST CLOUD", "St-Cloud", "PLESSIS ROBINSON (LE)"),
        *("ASNIERES S/ SEINE", "Issy les Moulineaux", "92330 SCEAUX", "Sceaux (92)", "ASNIERES S/S", "92071"),
    ],
    "Inscrit": ["oui", "TRUE", "Y", "✓", "1", "vrai"],
    "Responsable 1 téléphone": [
        *("0699000001", "699000001", "+33 6 99 00 00 01", "0692 12 34 56", "06 99 00 00 01 / 01 99 00 10 10"),
        *("1,99E+08", "non communiqué", "-"),
    ],
    "Responsable 1 e-mail": ["Anne <anne@famille.example>", "a@x.example; b@x.example", "néant", "anne@"],
    "Responsable 1 prénom": ["M. Luc", "M. et Mme", "Mme Dr", "Luc, Henri"],
    "Responsable 1 adresse": ["x" * 121],
    "Responsable 1 ville": ["92330 SCEAUX", "A" * 61],
    "Compte de l’élève": ["bof"],
    "Collège": ["Lakanal"],
    "Responsable 1 code postal": ["92 330", "1000", "SW1A 1AA", "L-1234", "1000-001", "Bât B"],
    "Prénom": [
        *("Jean-Noël", "D’Artagnan", "Łucja", "محمد", "Marie\N{ZERO WIDTH SPACE}", "DE LA  FONTAINE"),
        "Jean, Paul",
    ],
}
REFUSED = {
    "Numéro d’élève": [
        *("#N/A", "########", "-", "9,20E+08", "7.1E+10", "920000124,00", "", "=A1", "É0001", "12", "?"),
    ],
    "Niveau": ["CM2", "2NDE", "UPE2A", "", "TERMINALE", "345", "6e ou 5e", "4e/3e"],
    "Naissance": ["un jour", "1950", f"31/02/{BIRTH}", ""],
    "Commune": ["Atlantide", "Issy", "92330", "", "92160 SCEAUX", "Sceaux (45)"],
    "Prénom": ["#REF!", "DUPONT1", "🙂", "=B2", "A_B", "@nna"],
    "Code INSEE": ["92330", "92002", "9,2E+04"],
    "Inscrit": ["peut-être"],
}


def _cells() -> Iterator[File]:
    for column, cells in READ.items():
        for number, cell in enumerate(cells):
            # In quotes: some hold the sign that parts the cells.
            yield File(f"{column}-{number}.csv", csv(LINE | {column: f'"{cell}"'}, OTHER), 2)
    for column, cells in REFUSED.items():
        for number, cell in enumerate(cells):
            yield File(f"{column}-refuse-{number}.csv", csv(LINE | {column: f'"{cell}"'}, OTHER), 1, 1)
