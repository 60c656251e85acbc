"""The races. Each round has a new campaign: every child has 60 € in its Sport wallet, 20 € in the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import contests, free_for_all, payments
from .acts import Act
from .rounds import Round


@dataclass(frozen=True)
class Race:
    """`control` is a function of `controls`; without one, that somebody was told to try again is its own."""

    title: str
    acts: Callable[[Round], Sequence[Act]]
    control: str = ""
    # How many of the acts are done in a round, where that does not depend on who comes first.
    done: int | None = None
    children: int = 1
    # Whether whatever is due is paid before it and after it.
    pays: bool = False
    # Its share of the time.
    weight: int = 1

    @property
    def waits(self) -> bool:
        """Whether a round takes seconds, however quick the machine."""
        return not self.control


PROGRAMME = [
    Race("50 clients, un porte-monnaie", contests.fifty_on_one_wallet, "money_spent_twice", done=6, weight=2),
    Race("deux responsables", contests.two_guardians, "money_spent_twice", done=1),
    Race("double envoi, réponse perdue", contests.one_form_twice, "form_sent_twice", done=4),
    Race("même clé, autre montant", contests.one_key_other_amount, "key_not_compared", done=1),
    Race("annuler contre utiliser", contests.cancelled_or_used, "cancelled_and_used", done=3),
    Race("annuler contre annuler", contests.cancelled_by_both, "cancelled_twice", done=3),
    Race("trois membres, un ticket", contests.used_by_three, "used_twice", done=3),
    Race("guichet : double envoi, réponse perdue", contests.confirmed_twice, "confirmed_twice", done=4),
    Race("guichet : liste contre code", contests.listed_or_presented, "listed_and_presented", done=3),
    Race(
        "guichet : utiliser contre annuler",
        contests.cancelled_or_presented,
        "cancelled_and_presented",
        done=3,
    ),
    Race("guichet : annuler l’utilisation contre utiliser", contests.undone_or_used_again, "undone_twice"),
    Race("guichet : utiliser à minuit", contests.used_at_midnight, "expired_over_a_use"),
    Race("lot : préparer contre préparer", payments.prepared_twice, "added_up_twice", done=2, pays=True),
    Race(
        "lot : préparer contre annuler l’utilisation",
        payments.prepared_or_undone,
        "undone_while_prepared",
        pays=True,
    ),
    Race(
        "lot : approuver contre abandonner",
        payments.approved_or_dropped,
        "approved_while_dropped",
        done=1,
        pays=True,
    ),
    Race("paiement : issue contre issue", payments.told_differently, "told_twice", done=1, pays=True),
    Race("dotation contre ticket", contests.granted_and_spent, "balance_written_as_read"),
    Race("clôture contre ticket", contests.closed_and_spent, "lapsed_while_spent"),
    Race(
        "ouverture, clôture et leurs contraires",
        contests.opened_and_undone,
        "revived_twice",
        children=3,
        weight=2,
    ),
    Race("imports contre tout", contests.imported_meanwhile, "directory_imported_twice", done=9),
    Race("six tickets contre un", contests.six_or_one, "money_spent_twice", done=1),
    Race(
        "n’importe quoi, interblocages",
        free_for_all.anything,
        "locked_crosswise",
        children=2,
        pays=True,
        weight=5,
    ),
    Race("verrou tenu trop longtemps", contests.held_for_too_long, done=4, weight=3),
]
