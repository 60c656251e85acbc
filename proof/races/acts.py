"""What somebody does in a race, and what they are told. Processes without Django know both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from proof.servers.browser import Target

ZERO = Decimal(0)
DONE = "fait"
# How each refusal begins to be recognised, and how the table calls it.
REFUSALS = {
    "Il ne reste que": "solde insuffisant",
    "a déjà servi à créer un autre ticket": "clé déjà servie",
    "ne permet pas de créer de ticket": "campagne close",
    "ne peut plus être annulé": "plus annulable",
    "ne peut pas être utilisé": "plus utilisable",
    "vient d’être utilisé ou annulé": "doublé au dernier moment",
    "il n’y a rien à annuler": "pas utilisé",
    "est déjà utilisé": "déjà utilisé",
    "Ce ticket est annulé.": "ticket annulé",
    "Ce ticket est expiré": "ticket expiré",
    "est affecté à un autre organisme.": "affecté ailleurs",
    "Cette utilisation est déjà annulée": "déjà annulée",
    "Cette utilisation a été annulée depuis": "annulée depuis",
    "Ce ticket est déjà dans un lot de paiement": "déjà en paiement",
    "Un lot est déjà en cours": "lot déjà ouvert",
    "Ce lot n’est plus dans l’état": "lot changé",
    "L’issue de ce paiement est déjà connue": "issue déjà connue",
    "a déjà reçu le supplément": "déjà crédité",
    "un crédit n’y servirait plus": "campagne close",
    "son ouverture ne s’annule plus": "tickets déjà faits",
    "la formule de cette campagne ne change plus": "formule fixée",
    "sa formule ne change plus": "campagne close",
    "n’a plus assez de crédit": "solde insuffisant",
    "et un ticket vaut au moins": "solde insuffisant",
    # Last: beside another refusal it may be about the other wallet.
    "Ce porte-monnaie est vide": "solde insuffisant",
}


class What(Enum):
    ORDER = auto()
    CANCEL = auto()
    USE = auto()
    UNDO_USE = auto()
    GIVE = auto()
    OTHER = auto()


@dataclass(frozen=True, kw_only=True)
class Act:
    """What the book must know of it: `key` of an order, a grant or a counter's form, `euros` of one ticket or
    of a gift.
    """

    what: What
    key: str = ""
    euros: Decimal = ZERO
    quantity: int = 1
    ticket: int = 0
    # In seconds from the start of the round.
    after: float = 0


@dataclass(frozen=True, kw_only=True)
class Page(Act):
    """A form that a family or a member of an organisme sends.

    `sentence` tells on the page which follows that it is done, where the address of that page does not.
    `answer_lost`: the telephone leaves the network, then sends it again.
    """

    target: Target
    sentence: str = ""
    answer_lost: bool = False


@dataclass(frozen=True, kw_only=True)
class Service(Act):
    """What only an agent does: a function of `agents`."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """`told` is DONE or the name of a refusal; a fault is what nobody should ever be told.

    `moved` is what an act on a whole campaign says that it gave, in euros, or took when negative.
    """

    act: Act
    told: str = ""
    # How often the service was too much in demand before that.
    busy: int = 0
    fault: str = ""
    moved: Decimal = ZERO


def refusal_in(text: str) -> str:
    """What a page, or a sentence, refuses; nothing if it is no refusal that we know."""
    return next((name for said, name in REFUSALS.items() if said in text), "")
