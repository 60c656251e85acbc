"""Words of names and queries: what counts, what hardly does, what is written short."""

import re
import unicodedata
from typing import NamedTuple

from core.french import EVERYDAY_WORDS
from core.spelling import WORD, simplified

STOP_WORDS = re.compile(
    r"[a-z]|aux?|avec|chez|ce|cette|dans|des?|du|en|et|est|il|la|les?|mais|ou|par|pour|qui|qu|sur|une?"
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
    accepte accepter activite adherer ado adolescent adresse adulte affilie age an annee ans aout apm
    apprendre apres assez asso association atelier automne autre autres avant avril baby bebe beneficiaire
    bientot bon bonne bosser bouger cher cherche chercher choisir chouette cinq club coll collectivite
    collegien commencer commune competition connaitre conseil contact contre cool copain copains copine
    cour cours coute debutant debuter decembre decouvrir defouler demain departement depenser deux
    dimanche dimanches dispo disponible dix douze ecole eleve endroit enfant enseigner entre essai essayer
    eveil existe existerait facile famille feminin feminine fevrier fille fillette fils forum gamin garcon
    gens gosse gratuit groupe gymnase habitant habite habitent habitons haut hiver horaire horaires huit
    idee info infos initiation inscription inscriptions inscrire interesse interesser jamais janvier jeudi
    jeune jouer jour journee juillet juin kid lecon lieu liste loin loisir loisirs lundi maintenant maison
    mardi mardis masculin matin meilleur meilleure mercredi mercredis mettre midi mineur mixte moderne
    moins neuf niveau noel novembre numerique numero occuper octobre onze organisme ouvert ouverte
    ouvertes pa paque parfois partenaire particulier particuliere pas pass passer passplus pendant petit
    plus plusieurs possibilite possible pote pratique pratiquer prefere prendre primaire printemps prix
    pro prochain prochaine prof professeur profiter propos propose proposer proposez public quartier
    quatorze quatre quelque quelqun quinze recherche rechercher regarde renseignement renseignements
    rentree reprise rien sachant sais salle samedi samedis sans scolaire seance section seine seize
    semaine sept septembre seul sinon situe six soir soiree souvent stage structure super surtout sympa
    tarif tellement temps tester timide top toussaint treize trois trop trouver type vacances vendredi
    ville
"""
# « près de », « autour de »: sorts by distance.
AROUND = frozenset({"alentour", "autour", "cote", "environ", "pre", "proche", "proximite", "voisinage"})
# Ages, school years, hours, years, the number of the département; five digits are a postcode.
OF_AGE = re.compile(r"\d{1,4}(an|e|eme|ieme|h)?|\d{1,2}h\d{2}")


def singular(word: str) -> str:
    """« échecs », « jeux », « arts ». What ends so in the singular, « cours », is cut everywhere alike."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


_EVERYDAY = {word for word in EVERYDAY_WORDS if not STOP_WORDS.fullmatch(word)}
SOFT = frozenset(map(singular, {*_SOFT.split(), *_EVERYDAY} - {*ABBREVIATIONS}))


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
