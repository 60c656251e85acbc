"""Words of names and queries: what counts, what hardly does, what is written short."""

import re
import unicodedata
from typing import NamedTuple

from core.spelling import WORD, simplified

STOP_WORDS = re.compile(
    r"[a-z]|aux?|avec|chez|ce|cette|dans|des?|du|en|et|est|il|la|les?|ou|par|pour|qui|qu|sur|une?"
)
# « M.J.C. » is one word.
BETWEEN_INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
# « 92 160 » is one postcode.
IN_A_POSTCODE = re.compile(r"(?<!\d)(\d{2})[ \N{NO-BREAK SPACE}](?=\d{3}(?!\d))")
# What is written short, in names and in questions. (The beginning of a word is found anyway.)
ABBREVIATIONS = {
    "ctre": "centre",
    "mjc": "maison jeunes culture",
    "crr": "conservatoire rayonnement regional",
    "crd": "conservatoire rayonnement departemental",
    "crc": "conservatoire rayonnement communal",
    "us": "union sportive",
    "as": "association sportive",
    "es": "entente sportive",
    "cs": "club sportif",
    "csm": "club sportif municipal",
    "sc": "sporting club",
    "ac": "athletic club",
    "fc": "football club",
    "bc": "basket club",
    "hbc": "handball club",
    "jc": "judo club",
    "tc": "tennis club",
    "rc": "rugby club",
}
SAINTS = {"st": "saint", "ste": "sainte"}
# What people add without wanting it in the name of what they look for, in the singular: how it is taught, who
# it is for, how they ask. It puts first those that have it, and leaves nobody out.
_SOFT = """
    accepte accepter activite ado adolescent adulte affilie age aimerais aimerait aller an annee ans apm
    apprendre apres asso association atelier avoir baby bebe beneficiaire besoin bon bonjour bonne cher
    cherche chercher choisir club coll collectivite collegien commencer commune competition conseil cour
    cours debutant debuter decouvrir departement dimanche dispo disponible ecole eleve elle enfant
    enseigner essai essayer eveil existe faire famille feminin feminine fille fillette fils forum gamin
    garcon gosse gratuit groupe gymnase habitant habite haut ils initiation inscription inscriptions
    inscrire je jeudi jeune jouer jour journee lecon lieu liste loin loisir lundi ma mardi masculin matin
    meilleur meilleure merci mercredi mes midi mineur mixte moderne mon niveau nos notre nous numerique on
    organisme ouvert pa partenaire particulier particuliere pas pass passer passplus petit plus possible
    pratique pratiquer prendre prix pro prof professeur propose proposer proposez public quel quelle
    quelqu quelque recherche rechercher rentree reprise s sa salle salut samedi scolaire seance section
    seine semaine ses sinon situe soir soiree son stage structure super svp tarif ton top tous tout
    trouver vacances vendredi veut veux ville voudrais voudrait vraiment
"""
# « près de », « autour de »: sorts by distance.
AROUND = frozenset({"alentour", "autour", "cote", "environ", "pre", "proche", "proximite", "voisinage"})
# Ages, school years, the number of the département.
OF_AGE = re.compile(r"\d{1,2}(an|e|eme|ieme|h)?")


def singular(word: str) -> str:
    """« échecs », « jeux », « arts ». What ends so in the singular, « cours », is cut everywhere alike."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


SOFT = frozenset(singular(word) for word in _SOFT.split())


class Word(NamedTuple):
    """A word, and how it was typed."""

    simple: str
    typed: str


def typed_words(text: str) -> list[Word]:
    """The words of what somebody typed, without articles unless there is nothing else.

    In small letters without accents, in the singular, each with how it was typed.
    """
    text = IN_A_POSTCODE.sub(r"\1", unicodedata.normalize("NFC", BETWEEN_INITIALS.sub("", text)))
    pairs = [(simple, typed) for typed in WORD.findall(text) for simple in simplified(typed).split()]
    telling = [pair for pair in pairs if not STOP_WORDS.fullmatch(pair[0])] or pairs
    return [Word(singular(SAINTS.get(simple, simple)), typed) for simple, typed in telling]


def simple_words(text: str) -> list[str]:
    """« Arts plastiques » → « art », « plastique »."""
    return [word.simple for word in typed_words(text)]


def name_words(text: str) -> list[str]:
    """The words of a name, and what its abbreviations stand for."""
    words = simple_words(text)
    return [*words, *(long for word in words for long in long_for(word))]


def long_for(word: str) -> list[str]:
    """What an abbreviation stands for; nothing for any other word."""
    return [singular(long) for long in ABBREVIATIONS.get(word, "").split()]
