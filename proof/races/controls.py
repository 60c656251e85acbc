"""The same two acts with the lock or the guard taken away, in two processes that meet between read and write.

What a race shows then is a euro or a ticket too many, or the last resort: a constraint of the database, or
SQLite that lets nobody write over what somebody else has changed. Nothing here holds in production.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.db.models import Value

from backoffice.imports.directory import importer as imports
from partners.models import Activity
from tickets import services
from tickets.models import Order, TicketQuerySet
from wallets import campaigns
from wallets import services as wallets
from wallets.models import Campaign, Wallet, WalletQuerySet
from wallets.tests.unguarded import no_lock

from . import agents, counter_controls, database, payments_controls
from .acts import DONE
from .scene import Scene, no_guard

# What shows a race, if the ledger does not.
LAST_RESORT = {"IntegrityError", "OperationalError", "AlreadyReversed", "TicketNotUsed"}
# Where not both may be told that all is well.
ONE_OF_THEM = {
    *("money_spent_twice", "key_not_compared", "cancelled_twice", "cancelled_and_used"),
    *("used_twice", "listed_and_presented", "cancelled_and_presented", "undone_twice"),
    "approved_while_dropped",
}


def money_spent_twice(scene: Scene) -> None:
    scene.order("40")


def form_sent_twice(scene: Scene) -> None:
    """Neither finds the other one's, and the key's uniqueness is all that is left."""
    with patch.object(services, "_first_of", lambda asked: None):
        scene.order("10", scene.key)


def key_not_compared(scene: Scene) -> None:
    """One has ordered already, and the other one hears of another order that all is well."""
    with patch.object(Order, "asks_the_same_as", lambda *_: True):
        if scene.side == 0:
            agents.order(key=scene.key, euros=Decimal(10), wallet_id=scene.wallets[0])
        scene.meet()
        if scene.side == 1:
            agents.order(key=scene.key, euros=Decimal(12), wallet_id=scene.wallets[0])


def cancelled_twice(scene: Scene) -> None:
    with no_guard(), scene.meet_before(TicketQuerySet, "update"):
        services.cancel(ticket_id=scene.ticket, actor=agents.agent())


def cancelled_and_used(scene: Scene) -> None:
    with no_guard(), scene.meet_before(TicketQuerySet, "update"):
        if scene.side == 0:
            services.cancel(ticket_id=scene.ticket, actor=agents.agent())
        else:
            agents.use(ticket=scene.ticket, offer=scene.offer)


def balance_written_as_read(scene: Scene) -> None:
    """Arithmetic in Python instead of F(): what the other one wrote is lost."""
    balance = Wallet.objects.get(pk=scene.wallets[0]).balance
    with patch.object(wallets, "F", lambda name: Value(balance)):
        if scene.side == 1:
            scene.order("10")
        else:
            with scene.meet_before(WalletQuerySet, "update"):
                agents.grant(wallet=scene.wallets[0], key="geste", euros=Decimal(10))


def lapsed_while_spent(scene: Scene) -> None:
    """The family asked when the campaign was open, and spends what has lapsed meanwhile."""
    with patch.object(Campaign, "takes_tickets_on", lambda *_: True):
        if scene.side == 1:
            scene.order("10")
        else:
            with scene.meet_before(WalletQuerySet, "update"):
                agents.close(campaign=scene.campaign)


def revived_twice(scene: Scene) -> None:
    """Both reopen what one of them has closed."""
    if scene.side == 0:
        agents.close(campaign=scene.campaign)
    scene.meet()
    with patch.object(campaigns, "_lock_children", list), scene.meet_before(WalletQuerySet, "update"):
        agents.reopen(campaign=scene.campaign)


def directory_imported_twice(scene: Scene) -> None:
    """Both find that an activity is new."""
    content = f"Nom;Commune;Activités Sport\nCLUB;Antony;{scene.key}".encode()
    with (
        patch.object(imports, "directory_changed", lambda: None),
        scene.meet_before(Activity.objects, "bulk_create"),
        transaction.atomic(),
    ):
        imports.DirectoryImporter().apply(lambda: content, lambda done, rows: None)


def locked_crosswise(scene: Scene) -> None:
    """With locks, but each begins with the other's: what the order of the locks is for."""
    first, second = scene.wallets if scene.side == 0 else reversed(scene.wallets)
    with transaction.atomic():
        Wallet.objects.select_for_update().get(pk=first)
        scene.meet()
        wallets.grant(wallet_ids=[second], key="croix", amount=Decimal(1), label="Geste", actor=None)
        Wallet.objects.select_for_update().get(pk=second)


def play(name: str, scene: Mapping[str, Any]) -> str:
    """What came of one side: DONE, or the name of an exception."""
    connection.close()
    try:
        with no_lock():
            _control(name)(Scene(**scene))
    except Exception as refusal:  # noqa: BLE001 – it is the result
        return type(refusal).__name__
    finally:
        connection.close()
    return DONE


def _control(name: str) -> Callable[[Scene], None]:
    """Of this file, or of those beside."""
    everywhere = vars(payments_controls) | vars(counter_controls) | globals()
    found: Callable[[Scene], None] = everywhere[name]
    return found


def shows(name: str, campaign: int, told: Sequence[str]) -> bool:
    """Whether the race was seen: in what they were told, or in the ledger."""
    both_won = name in ONE_OF_THEM and told == [DONE, DONE]
    return both_won or bool(LAST_RESORT & set(told)) or not database.agrees(campaign)
