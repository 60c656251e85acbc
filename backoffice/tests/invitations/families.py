"""Accounts that were never activated, and what invites them."""

import datetime as dt

from accounts.audit import AuditEntry
from accounts.tests.factories import make_user

PAGE = "/admin/accounts/user/invitations/"
LONG_AGO = dt.timedelta(days=62)


def make_new(username="", **fields):
    return make_user(username, password=None, **fields)


def journal():
    return [(entry.subject, entry.reason, entry.details) for entry in AuditEntry.objects.order_by("pk")]
