"""Which free texts go with a family, and which ones of other people stay."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from post_office.models import Email

from accounts import audit, mail
from accounts.audit import Action, AuditEntry
from accounts.models import EmailChange
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.models import Import, ImportLine
from partners.models import Suggestion
from privacy import erasure

from .planted import erase

pytestmark = pytest.mark.django_db


def test_what_is_about_others_stays(family):
    before = Import.objects.get().report
    audit.record(
        action=Action.ACCESS_RESET, subject=make_user("zwycker"), reason="Zwyckerei", actor=family.agent
    )
    mail.password_changed(make_user("voisin"))
    erase(family)

    assert Import.objects.get().report == {"told": before["told"], "refused": [[3, "Autre"]]}
    lines = ImportLine.objects.values_list("name", "told", "said")
    # How many there were stays.
    assert [*lines] == [("effacé", "", {})] * 4 + [("Lina", "", {})]
    assert AuditEntry.objects.filter(reason="Zwyckerei").exists()
    assert Email.objects.filter(to="voisin@famille.example").exists()
    assert Suggestion.objects.filter(name="CLUB").exists()


def test_an_identifiant_that_is_a_word_of_everybody_takes_no_line_along(family):
    """code.md 3.14: erasing `sport` wiped a correction « Porte-monnaie Sport de … »."""
    sport = make_user("sport", first_name="", last_name="Petit")
    make_user("petit", last_name="Petit")
    told = {
        "Porte-monnaie Sport": "Délai trop petit",
        "Inès": "Appel de M. Petit",
        "Lina": "Appel",
    }
    for subject, reason in told.items():
        audit.record(
            action=Action.CORRECTION, subject=family.agent, name=subject, reason=reason, actor=family.agent
        )
    audit.record(
        action=Action.GUARDIAN_REMOVED,
        subject=family.agent,
        reason="Jugement",
        details="Petit (sport) → Lou (lou)",
        actor=family.agent,
    )
    erasure.erase_account(user_id=sport.pk)

    # Somebody else is called Petit; and the identifiant is theirs only between brackets.
    assert AuditEntry.objects.filter(subject__in=told, reason__in=told.values()).count() == 3
    assert not AuditEntry.objects.filter(reason="Jugement").exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("liste-benoit.csv", "Rentrée"), ("x.csv", "Ajout de Benoît"), ("BENOIT_2026.xlsx", "Rentrée")],
)
def test_a_file_is_no_longer_called_like_somebody(family, name, reason):
    """security.md F21: the surname was left in what a file is called and why it was imported."""
    child = make_beneficiary(last_name="BENOÎT")
    make_beneficiary(last_name="BENOÎT")
    Import.objects.update(name=name, reason=reason)
    audit.record(action=Action.FILE_IMPORTED, subject=family.report, name=name, reason=reason, actor=None)
    brought = [("Fichier", "", name)]
    audit.record(action=Action.ADDED, subject=family.report, reason="", actor=None, changes=brought)
    erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(0), actor=family.agent)

    assert Import.objects.get().name == "effacé"
    assert not AuditEntry.objects.filter(subject=name).exists()
    # Who brought which file is a line too.
    assert AuditEntry.objects.get(action=Action.ADDED).changes == (
        [] if "BENO" in name.upper() else [list(brought[0])]
    )


def test_an_address_that_was_never_confirmed_does_not_outlive_its_request(family):
    """security.md F21: it stayed in the outbox for ninety days."""
    long_ago = timezone.now() - dt.timedelta(days=60)
    user = make_user("camille")
    EmailChange.objects.create(
        user=user, old="", new="jamais@ailleurs.example", account_state="x", is_open=False, asked_at=long_ago
    )
    mail.confirm_email(user, "jamais@ailleurs.example", "/x/")
    call_command("purge")

    assert not Email.objects.filter(to="jamais@ailleurs.example").exists()


def test_an_address_that_two_parents_share_is_still_written_to_about_the_others(family):
    sharing = make_user("autre.parent", email=family.parent.email)
    mail.password_changed(sharing)
    erase(family)

    [left] = Email.objects.filter(to=sharing.email, subject__contains="mot de passe")[:1]
    assert "Zwyckelinde" not in left.message
    assert not Email.objects.filter(subject__contains="Zwyckelinde").exists()
