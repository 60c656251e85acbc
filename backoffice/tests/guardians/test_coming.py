"""Who comes is looked at first, then confirmed."""

import pytest
from django.urls import reverse

from accounts.audit import AuditEntry
from accounts.tests.factories import make_beneficiary, make_user

from .rulings import told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        " Parent.921000099",
        "PARENT.921000099@famille.example",
        "da costa nicolas",
        "costa colombes",
        "dacosta nikola",
    ],
)
def test_nobody_is_added_who_was_not_looked_at(act, agent, nicolas, said):
    """admin.md 13: « C’est fait », and a stranger saw and spent a child's money."""
    child = make_beneficiary(make_user())

    page = act(child, "ajouter-un-responsable", said=said)

    for known in ("Nicolas DA COSTA", "Colombes", "parent de Tiago DA COSTA", nicolas.email, "jamais venu"):
        assert known in page.text
    assert child.guardians.count() == 1

    act(child, "ajouter-un-responsable", said=said, coming=nicolas.pk)
    assert nicolas in child.guardians.all()


def test_who_types_an_identifiant_sees_its_account_alone(act, agent, nicolas):
    """admin.md 13, its kind: somebody whose e-mail is written like that identifiant was shown beside it."""
    make_user("nicolas.2", first_name="Nicolas", last_name="DA COSTA", email="n.dacosta@famille.example")
    one = make_user("n.dacosta@famille.example", email="autre@famille.example")
    child = make_beneficiary(make_user())

    two = act(child, "ajouter-un-responsable", said="da costa nicolas").context["form"]
    assert len(two.found) == 2
    for said, meant in (("nicolas.2", "nicolas.2"), ("n.dacosta@famille.example", one.username)):
        page = act(child, "ajouter-un-responsable", said=said, coming=nicolas.pk)
        assert [user.username for user in page.context["form"].fields["coming"].queryset] == [meant]


def test_one_who_does_not_answer_to_what_was_said_is_not_added(act, agent, nicolas):
    """admin.md 13: an id that was forged, or left from another search."""
    child = make_beneficiary()
    act(child, "ajouter-un-responsable", said="quelqu’un", coming=nicolas.pk)
    make_user("autre")
    act(child, "ajouter-un-responsable", said="autre", coming=nicolas.pk)

    assert child.guardians.count() == 0


def test_the_journal_and_the_message_name_who_came(act, client, agent, nicolas):
    """admin.md 13: neither before nor after was his name shown."""
    child = make_beneficiary()
    act(child, "ajouter-un-responsable", said=nicolas.username, coming=nicolas.pk)

    page = client.get(reverse("admin:accounts_beneficiary_change", args=[child.pk])).text
    assert "responsable légal ajouté, Nicolas DA COSTA (parent.921000099)" in page
    assert "Nicolas DA COSTA" in AuditEntry.objects.get().details


def test_those_who_are_guardians_already_are_told(act, agent, nicolas):
    mother = make_user()
    child = make_beneficiary(mother)
    act(child, "ajouter-un-responsable", said=nicolas.username, coming=nicolas.pk)

    assert told() == [mother.email]


def test_of_many_the_first_ten_are_shown(act, agent):
    for _ in range(12):
        make_user(last_name="MARTIN")
    page = act(make_beneficiary(), "ajouter-un-responsable", said="martin")

    assert len(page.context["form"].fields["coming"].queryset) == 10
    assert "Ajoutez un mot" in page.text
