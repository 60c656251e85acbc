"""How other programs call the columns of a roster: SIECLE, Pronote, a collège's own Excel."""

from collections.abc import Iterator
from itertools import product

from .guardians import PLACES

PUPIL = {
    "Numéro d’élève": (
        *("INE", "Identifiant national", "Identifiant national élève", "N° INE", "Numéro INE", "Id national"),
        *("Numéro national", "N° élève", "Numéro élève", "Identifiant élève", "Matricule"),
    ),
    "Nom": ("Nom de famille", "Nom élève", "Nom de l’élève", "Nom usuel"),
    "Prénom": ("Prénom 1", "Prénom élève", "Prénom de l’élève", "Prénom usuel", "Prénoms"),
    "Naissance": (
        *("Date de naissance", "Né(e) le", "Né le", "Date naissance", "Date de naiss", "Année de naissance"),
        *("Date naiss", "Née le", "Né(e)", "Né", "Née"),
    ),
    "Niveau": (
        *("Niveau de classe", "Libellé MEF", "MEF", "Code MEF", "Formation", "Libellé formation"),
        *("Classe", "Division", "Libellé division", "Code division"),
    ),
    "UAI": (
        *("Code UAI", "RNE", "Code RNE", "UAI établissement", "N° établissement", "Numéro établissement"),
        *("Code établissement", "Numéro UAI", "UAJ"),
    ),
    "Collège": ("Établissement", "Nom de l’établissement", "Nom établissement", "Libellé établissement"),
    "Commune du collège": ("Commune de l’établissement", "Commune établissement", "Ville établissement"),
    "Commune": ("Commune de résidence", "Ville", "Commune élève", "Ville de l’élève", "Ville élève"),
    "Code INSEE": ("Code INSEE commune", "Code commune INSEE", "Code commune", "Commune INSEE"),
}
# A guardian's column is called in either order: « Nom représentant légal 1 », « Resp. légal 1 : nom ».
GUARDIANS = (
    *("Responsable", "Responsable légal", "Représentant", "Représentant légal", "Resp", "Resp légal"),
    *("Rep légal", "Parent", "RL"),
)
GUARDIAN = {
    "nom": ("Nom", "Nom de famille", "Nom usuel"),
    "prénom": ("Prénom",),
    "e-mail": ("E-mail", "Mail", "Courriel", "Mél", "Adresse e-mail", "Adresse mail", "Adresse électronique"),
    "téléphone": (
        *("Téléphone", "Tél", "Téléphone portable", "Tél portable", "Portable", "Mobile", "Téléphone mobile"),
        *("Téléphone personnel", "Tél personnel", "Téléphone domicile"),
    ),
    "adresse": ("Adresse", "Adresse 1", "Ligne 1 adresse", "Rue"),
    "code postal": ("Code postal", "CP"),
    "ville": ("Ville", "Commune", "Libellé commune"),
}


def titles() -> dict[str, list[str]]:
    """Of each column, those that mean it, the likeliest first."""
    return {column: [*others] for column, others in PUPIL.items()} | {
        f"Responsable {place} {field}": [*_of_guardian(place, field)]
        for place, field in product(PLACES, GUARDIAN)
    }


def _of_guardian(place: int, field: str) -> Iterator[str]:
    for name, word in product(GUARDIAN[field], GUARDIANS):
        yield from (f"{word} {place} {name}", f"{name} {word} {place}", f"{name} {place} {word}")
