"""An account that a thief is in, and what gets it out."""

from django.core import mail
from django.test import Client

from accounts import email_change, links, services
from accounts.links import Channel
from accounts.models import User
from accounts.recovery import Address

OLD, NEW = "mere@famille.example", "voleur@ailleurs.example"
SECRET = "trois tulipes mauves"
WHY = "Appel de la famille"


def told():
    return sorted(message.to[0] for message in mail.outbox)


def ways_in(user):
    """Every link and code that may lie about."""
    user = User.objects.get(pk=user.pk)
    [user] = services.new_access_codes(user_ids=[user.pk])
    change = email_change.ask(user_id=user.pk, address="encore@ailleurs.example")
    changes = [email_change.confirm_path(change), email_change.refuse_path(change)]
    paths = [*changes, *(links.password_path(user, channel) for channel in Channel)]
    codes = [links.access_path(user, Channel.HAND), links.access_path(user, Channel.MAIL)]
    return [*paths, *codes]


def opens(path):
    page = Client().get(path, follow=True)
    return page.status_code == 200 and (page.context or {}).get("validlink", True)


def choose_password(path):
    browser = Client()
    form = browser.get(path, follow=True)
    browser.post(form.request["PATH_INFO"], {"new_password1": SECRET, "new_password2": SECRET})


def stop(act, user):
    act(user, "compte-vole", address=Address.KEPT)


def close(act, user):
    act(user, "fermer")


def close_and_reopen(act, user):
    act(user, "fermer")
    act(user, "rouvrir")
