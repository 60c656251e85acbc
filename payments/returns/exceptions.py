"""Refusals to read a return, or to write what it says."""

from core.exceptions import Refusal
from core.money import NBSP


class ReturnRefused(Refusal):
    """Nothing of it is written."""


class NotSentYet(ReturnRefused):
    sentence = f"Ce lot n’est pas transmis{NBSP}: rien ne peut en être revenu."


class TooManyLines(ReturnRefused):
    sentence = f"Ce fichier a plus de 10{NBSP}000 lignes{NBSP}: ce n’est pas le retour d’un lot."


class AlreadyConfirmed(ReturnRefused):
    sentence = "Ce retour est déjà confirmé. Voici où il en est."


class NoLongerThere(ReturnRefused):
    sentence = "Le contenu de ce retour ne s’ouvre plus. Importez le fichier de nouveau."


class ReturnMoved(ReturnRefused):
    sentence = (
        "Ce que vous avez lu a changé entre-temps. Rien n’est écrit"
        f"{NBSP}: voici ce qui serait dit maintenant, relisez-le."
    )


class CountDiffers(ReturnRefused):
    sentence = "Ce n’est pas ce nombre."
