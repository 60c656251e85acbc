"""`manage.py check_ledger`: silent when all agrees, loud about each thing that does not."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets import services as wallets
from wallets.models import Kind, Nature, Wallet
from wallets.tests.factories import make_wallet, spend

pytestmark = pytest.mark.django_db


def test_all_agrees(capsys):
    services.cancel(ticket_id=make_ticket().pk, actor=make_user())
    services.use(ticket_id=make_ticket(offer=make_offer()).pk, actor=make_user())
    call_command("check_ledger")

    assert "Tout s’accorde : 2 porte-monnaie, 2 tickets." in capsys.readouterr().out


def test_the_corrections_of_a_day_are_summed_up(capsys):
    """security.md F8: nobody was told of a correction but the family."""
    wallet = make_wallet("60")
    for amount in (5000, 12, -20):
        wallets.correct(wallet_id=wallet.pk, amount=Decimal(amount), key=uuid4(), actor=make_user())
    call_command("check_ledger")

    told = "3, 5\N{NO-BREAK SPACE}012,00\N{NO-BREAK SPACE}€ crédités, 20,00\N{NO-BREAK SPACE}€ débités"
    assert told in capsys.readouterr().out


def wrong_balance(ticket):
    Wallet.objects.filter(pk=ticket.wallet_id).update(balance=1)
    return f"Porte-monnaie dont le solde n’est pas la somme des écritures (1) : {ticket.wallet_id}"


def wrong_amount(ticket):
    Ticket.objects.filter(pk=ticket.pk).update(amount=11)
    return f"Tickets en désaccord avec leur écriture, leur offre ou leur état (1) : {ticket.pk}"


def wrong_state(ticket):
    wallets.reverse(entry_id=ticket.entry_id, label="Sans ticket annulé", actor=make_user())
    return f"Tickets en désaccord avec leur écriture, leur offre ou leur état (1) : {ticket.pk}"


def wrong_wallet(ticket):
    Ticket.objects.filter(pk=ticket.pk).update(offer=make_offer(kind=Kind.SPORT))
    return f"Tickets en désaccord avec leur écriture, leur offre ou leur état (1) : {ticket.pk}"


def no_offer(ticket):
    Ticket.objects.filter(pk=ticket.pk).update(offer=None)
    return f"Tickets en désaccord avec leur écriture, leur offre ou leur état (1) : {ticket.pk}"


def no_opposite(ticket):
    entry = ticket.wallet.entries.get(nature=Nature.GRANT)
    wrong = ticket.wallet.entries.create(amount=5, nature=Nature.UNDONE, label="Repris", reverses=entry)
    Wallet.objects.filter(pk=ticket.wallet_id).update(balance=F("balance") + 5)
    return f"Écritures contraires qui ne le sont pas de ce qu’elles annulent (1) : {wrong.pk}"


def no_ticket(ticket):
    [entry] = spend(make_wallet(), "5")
    return f"Dépenses sans ticket (1) : {entry.pk}"


@pytest.mark.parametrize(
    ("fault", "gap"),
    [
        # Where euros are made or lost, the sums of the campaign do not close any longer.
        (wrong_balance, "49,00"),
        (wrong_amount, "−1,00"),
        (wrong_state, "−10,00"),
        (no_ticket, "5,00"),
        (wrong_wallet, ""),
        (no_offer, ""),
        (no_opposite, ""),
    ],
)
def test_each_fault_is_told(fault, gap, capsys):
    told = fault(make_ticket(offer=make_offer()))
    with pytest.raises(CommandError, match="2 désaccord" if gap else "1 désaccord"):
        call_command("check_ledger")

    err = capsys.readouterr().err
    assert told in err
    assert f"Culture\N{NO-BREAK SPACE}: écart de {gap}" in err if gap else "écart" not in err


def test_as_many_queries_however_many_tickets(django_assert_num_queries):
    make_ticket()
    with django_assert_num_queries(22 + 2 * connection.features.uses_savepoints):
        call_command("check_ledger")
