"""`manage.py demo`, small, and what it made."""

from django.core.management import call_command

from accounts.models import Beneficiary, Guardianship, School, User
from partners.models import Offer, Partner
from tickets.models import Order, Ticket
from wallets.models import Entry, Wallet


def demo(*, partners=96, beneficiaries=63, tickets=150, verbosity=0):
    """By default 30 organismes and 60 children more than the small demonstration."""
    call_command("demo", partners=partners, beneficiaries=beneficiaries, tickets=tickets, verbosity=verbosity)


def count_rows():
    models = [Partner, Offer, School, User, Beneficiary, Guardianship, Wallet, Entry, Order, Ticket]
    return {model.__name__: model._default_manager.count() for model in models}


def share(rows, condition):
    """How many of the rows, in per cent."""
    return 100 * rows.filter(**condition).count() / rows.count()


def assert_money_is_right():
    assert not Wallet.objects.out_of_balance().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()
