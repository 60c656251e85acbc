"""Families whose money is about to lapse, and the reminders that they get."""

import re

from accounts.tests.factories import make_beneficiary, make_user
from tickets import reminders
from wallets.tests.factories import days, make_campaign, make_wallet


def make_due(left=30, **fields):
    return make_campaign(last_ticket_on=days(left), last_cancellation_on=days(left), **fields)


def make_family(campaign, balance="20", username="camille", **fields):
    guardian = make_user(username, **fields)
    make_wallet(balance, beneficiary=make_beneficiary(guardian), campaign=campaign)
    return guardian


def send(left=0):
    """As of `left` days from now."""
    return reminders.send_due(today=days(left))


def stop_link(message):
    return re.search(r"https://pass.example(/e-mails/\S+)", message.body)[1]
