"""Accounts that were never activated, and what invites them."""

import datetime as dt
import io
import zipfile
from urllib.parse import urlencode

from pypdf import PdfReader

from accounts import links
from accounts.audit import AuditEntry
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.invitations.form import NEW
from core import codes, prepared
from core.models import PreparedFile

PAGE = "/admin/accounts/user/invitations/"
LONG_AGO = dt.timedelta(days=62)
EVERYWHERE = "tous les collèges"


def make_new(username="", *, child=None, **fields):
    """A guardian of a child who is enrolled, or is as `child` says."""
    user = make_user(username, password=None, **fields)
    make_beneficiary(user, **(child or {}))
    return user


def journal():
    return [(entry.subject, entry.reason, entry.details) for entry in AuditEntry.objects.order_by("pk")]


def press(client, form, who=NEW, **choice):
    """The answer to « Envoyer les e-mails » (mail), « Préparer les lettres » (lettre)."""
    sent = {f"{form}-who": who, f"{form}-reason": "Rentrée"}
    return client.post(f"{PAGE}?{urlencode(choice)}", sent)


def letters_in(file: PreparedFile) -> dict[str, list[str]]:
    """Of each document of the archive, the identifiants of its pages."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(prepared.read(file))))
    assert archive.testzip() is None
    return {name: _identifiants(archive.read(name)) for name in archive.namelist()}


def _identifiants(document: bytes) -> list[str]:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]
    users = {
        user.username: links.access_code(user, Channel.HAND)
        for user in User.objects.exclude(access_code_at=None)
    }
    return [name for page in pages for name, code in users.items() if codes.show_code(code) in page]
