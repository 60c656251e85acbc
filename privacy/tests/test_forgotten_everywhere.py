"""A family with names that nobody else has is forgotten: every text of every table is read."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary
from applications.models import Application, ApplicationKind, ApplicationState, PaperState
from backoffice.models import Import
from partners.models import Suggestion
from privacy.models import KeptWords

from .planted import erase, marks_in, purge
from .searched import exported, my_data, shown, traces_in_the_database
from .texts_of_models import ABOUT_PEOPLE

pytestmark = pytest.mark.django_db


def test_what_is_planted_is_found(family, client, enter):
    """The control: each of the places is seen by what looks for it below."""
    columns = {(model._meta.db_table, name) for model, names in ABOUT_PEOPLE.items() for name in names}
    # A postcode is many people's, and a constraint empties it; the others have a test of their own below.
    unplanted = {
        ("accounts_user", "postcode"),
        ("passplus_import", "content"),
        ("passplus_keptwords", "words"),
    }
    assert columns - traces_in_the_database() == unplanted
    assert marks_in(list(my_data(client, family.parent)))
    enter(family.agent)
    assert len([row for row in exported(client) if marks_in(row)]) == 2 * (2 + 4)
    assert any(map(marks_in, shown(client, family)))


@pytest.mark.parametrize("forget", [purge, erase], ids=["after its time", "at its request"])
def test_nothing_of_the_family_is_left_anywhere(family, forget, client, enter, capsys):
    forget(family)

    assert traces_in_the_database() == set()
    assert marks_in(capsys.readouterr().out) == set()
    enter(family.agent)
    assert [row for row in exported(client) if marks_in(row)] == []
    assert [marks_in(page) for page in shown(client, family) if marks_in(page)] == []
    call_command("check_ledger")


@pytest.mark.parametrize("forget", [purge, erase], ids=["after its time", "at its request"])
def test_its_papers_are_gone_and_the_decision_stays(family, forget):
    forget(family)

    application = Application.objects.get(beneficiary=family.child, kind=ApplicationKind.SCHOLARSHIP)
    paper = application.papers.get()
    assert (application.state, application.reason) == (ApplicationState.REFUSED, "effacé")
    assert (paper.state, bytes(paper.sealed)) == (PaperState.DELETED, b"")


@pytest.mark.parametrize("forget", [purge, erase], ids=["after its time", "at its request"])
def test_nothing_of_the_child_is_left_to_the_parent_of_another_one(family, forget, client):
    """The parent stays, with its own name; of the child nothing is left, not even in its parent's archive."""
    User.objects.filter(pk=family.parent.pk).update(last_name="DURAND", email="durand@famille.example")
    make_beneficiary(family.parent, first_name="Paul")
    forget(family)

    told = " ".join(my_data(client, family.parent))
    assert "DURAND" in told
    assert "zwyckelinde" not in told.casefold()
    assert "E9182736" not in told
    assert Beneficiary.objects.filter(anonymised_at=None).count() == 2


def test_a_purge_that_is_stopped_forgets_the_next_night(family, monkeypatch):
    """code.md 3.17: between a family that is nobody and the texts that name it, its words are kept."""

    def stopped(search):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("privacy.free_texts.ALSO", [stopped])
        with pytest.raises(KeyboardInterrupt):
            purge(family)
    assert Beneficiary.objects.get(pk=family.child.pk).anonymised_at
    assert ("passplus_keptwords", "words") in traces_in_the_database()

    call_command("purge")
    assert traces_in_the_database() == set()
    assert not KeptWords.objects.exists()


def test_the_words_of_agents_and_of_families_go_with_their_time(family):
    """What nobody could find by a name: a file's, a reason for it, the name of a club."""
    past = timezone.now() - 2 * settings.KEEP_JOURNAL
    Import.objects.update(name="zwyck.csv", reason="Zwyck", content=b"zwyck", created_at=past)
    Suggestion.objects.update(name="Chez Zwyck", activity="Zwyck", created_at=past)
    purge(family)

    assert traces_in_the_database() == set()
