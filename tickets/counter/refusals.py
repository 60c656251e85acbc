"""Why a counter cannot use a ticket: each has its own sentence, and says what to do next."""

import datetime as dt
import math

from core.exceptions import Refusal
from core.formats import heure, jour_court
from core.money import NBSP

from ..exceptions import TicketNotUsable
from ..models import Ticket, Use, Why


class NotAtTheCounter(TicketNotUsable):
    """`why` is kept of the try."""

    why: Why


class Miscopied(NotAtTheCounter):
    why = Why.MISCOPIED
    sentence = (
        f"Ce code est mal recopié{NBSP}: un caractère manque ou n’est pas le bon. "
        "Comparez-le au ticket, groupe par groupe."
    )


class Unknown(NotAtTheCounter):
    why = Why.UNKNOWN
    sentence = (
        f"Ce code est inconnu{NBSP}: aucun ticket ne le porte. Comparez-le au ticket, ou demandez à la "
        "famille de l’ouvrir sur son téléphone."
    )


class UsedHere(NotAtTheCounter):
    why = Why.USED_HERE

    def __init__(self, use: Use) -> None:
        super().__init__(
            f"Ce ticket est déjà utilisé chez vous, par {use.actor_name}, le "
            f"{jour_court(use.used_at)} à {heure(use.used_at)}. Il n’y a rien d’autre à faire."
        )


class UsedElsewhere(NotAtTheCounter):
    why = Why.USED_ELSEWHERE

    def __init__(self, use: Use) -> None:
        super().__init__(
            f"Ce ticket est déjà utilisé, depuis le {jour_court(use.used_at)}. "
            "Demandez-en un autre à la famille."
        )


class Cancelled(NotAtTheCounter):
    why = Why.CANCELLED
    sentence = "Ce ticket est annulé. La famille peut en créer un autre, et vous le présenter."


class Expired(NotAtTheCounter):
    why = Why.EXPIRED

    def __init__(self, ticket: Ticket) -> None:
        super().__init__(
            f"Ce ticket est expiré{NBSP}: son dernier jour était le {ticket.valid_until:%d/%m/%Y}. "
            f"L’activité avait commencé avant{NBSP}? Appelez-nous."
        )


class ForAnother(NotAtTheCounter):
    why = Why.FOR_ANOTHER
    sentence = (
        "Ce ticket est affecté à un autre organisme. La famille peut l’annuler, et en créer un pour vous."
    )


class OfTheOtherKind(NotAtTheCounter):
    why = Why.OTHER_KIND

    def __init__(self, ticket: Ticket) -> None:
        super().__init__(
            f"C’est un ticket {ticket.wallet.get_kind_display()}, et aucune de vos activités n’en relève. "
            "La famille peut en créer un de son autre porte-monnaie. "
            f"Une activité manque{NBSP}? Appelez-nous."
        )


class NotInForce(NotAtTheCounter):
    why = Why.NOT_IN_FORCE
    sentence = (
        "Votre affiliation n’est pas en vigueur aujourd’hui. Vous pouvez utiliser les tickets affectés à "
        "votre organisme, pas les tickets papier. Appelez-nous pour la renouveler."
    )


class Suspended(NotAtTheCounter):
    why = Why.SUSPENDED

    def __init__(self, since: dt.date) -> None:
        super().__init__(
            f"Votre organisme ne peut plus utiliser de ticket depuis le {since:%d/%m/%Y}. Appelez-nous."
        )


class TooManyTries(Refusal):
    """Nothing was looked up. `wait` is how long until it may be."""

    def __init__(self, wait: dt.timedelta) -> None:
        minutes = max(1, math.ceil(wait / dt.timedelta(minutes=1)))
        super().__init__(
            f"Trop de codes inconnus. Attendez {minutes}{NBSP}minute{'s' * (minutes > 1)}, puis recommencez."
        )


class TooManyCodes(Refusal):
    """Nothing was looked up."""

    def __init__(self, number: int, at_most: int) -> None:
        super().__init__(
            f"{at_most} tickets au plus à la fois{NBSP}: cette liste a {number} codes. "
            "Coupez-la en plusieurs."
        )


class NoCode(Refusal):
    sentence = "Il n’y a aucun code dans cette liste."


class UndoneSince(TicketNotUsable):
    sentence = (
        "Cette utilisation a été annulée depuis. Pour utiliser le ticket, vérifiez de nouveau son code."
    )
