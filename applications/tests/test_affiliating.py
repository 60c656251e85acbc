"""An agent accepts a candidacy: organisme, offers and first manager at once, and nothing twice."""

import pytest
from django.core import mail as outbox
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from applications import candidacies, conventions, deciding
from applications.affiliating import accept_affiliation
from applications.exceptions import (
    HasMembers,
    Moved,
    NotSigned,
    SenderGone,
    SiretTaken,
)
from applications.models import Application, ApplicationState, Candidacy, Paper
from partners.models import DirectoryVersion, Membership, Offer, Partner, Role
from partners.tests.factories import make_partner
from partners.tests.members import make_member
from wallets.models import Kind
from wallets.tests.factories import days

from .conventions import make_convention, make_in_force
from .factories import make_decider, make_photo
from .meanwhile import MEANWHILE, gone
from .organismes import OTHER_SIRET, SIRET, make_activity, make_candidacy
from .signatures import make_signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return make_candidacy(make_user("camille"))


def accept(application, **fields):
    offers = [it.pk for it in application.candidacy.offers.all()]
    return accept_affiliation(
        application_id=application.pk, **{"actor": make_decider(), "offer_ids": offers, **fields}
    )


def test_an_organisme_that_nobody_knew(application, mailoutbox):
    version = DirectoryVersion.objects.values_list("token").first()
    partner = accept(application)

    today = timezone.localdate()
    assert (partner.name, partner.siret, partner.rna) == ("JUDO CLUB D’ANTONY", SIRET, "W922001234")
    assert (partner.address, partner.commune_id, partner.affiliated_from) == (
        "3 rue des Sports",
        "92002",
        today,
    )
    assert [(it.activity.name, it.kind, it.ends_on) for it in partner.offers.all()] == [
        ("Judo", Kind.SPORT, None)
    ]
    membership = Membership.objects.get()
    assert (membership.user.username, membership.role) == ("camille", Role.MANAGER)
    application.refresh_from_db()
    assert (application.state, application.partner) == (ApplicationState.ACCEPTED, partner)
    assert DirectoryVersion.objects.values_list("token").first() != version
    assert mailoutbox[-1].subject == "Affiliation acceptée pour JUDO CLUB D’ANTONY"
    assert f"/organismes/{partner.pk}/" in mailoutbox[-1].body
    assert "compte bancaire" in mailoutbox[-1].body


def test_only_the_offers_that_the_agent_ticked(application):
    partner = accept(application, offer_ids=[])

    assert not partner.offers.exists()


def test_those_of_another_candidacy_are_not_made(application):
    other = make_candidacy(siret=OTHER_SIRET, rna="")
    partner = accept(application, offer_ids=[it.pk for it in other.candidacy.offers.all()])

    assert not partner.offers.exists()


def test_one_that_left_is_affiliated_again_and_keeps_what_its_page_says(application):
    left = make_partner("JC ANTONY", affiliated_until=days(-30), phone="0199000000")
    ended = Offer.objects.create(partner=left, activity=make_activity(), kind=Kind.SPORT, ends_on=days(-30))

    assert accept(application, partner_id=left.pk) == left
    left.refresh_from_db()
    ended.refresh_from_db()
    assert (left.name, left.phone, left.siret) == ("JC ANTONY", "0199000000", SIRET)
    assert left.is_affiliated_on(timezone.localdate())
    assert ended.ends_on is None
    assert Partner.objects.count() == 1


def test_one_that_has_members_is_theirs(application):
    partner = make_partner()
    make_member(partner)

    with pytest.raises(HasMembers):
        accept(application, partner_id=partner.pk)
    assert not Membership.objects.filter(user__username="camille").exists()


def test_a_siret_that_another_one_has(application):
    taken = make_partner(siret=SIRET, affiliated_until=days(-30))

    with pytest.raises(SiretTaken):
        accept(application)
    with pytest.raises(SiretTaken):
        accept(application, partner_id=make_partner().pk)
    accept(application, partner_id=taken.pk)


def test_a_second_time_nothing_is_made(application):
    accept(application)

    with pytest.raises(Moved):
        accept(application)
    assert (Partner.objects.count(), Membership.objects.count()) == (1, 1)


def agent_meanwhile(application):
    User.objects.filter(pk=application.sent_by_id).update(is_staff=True)


@pytest.mark.parametrize(
    ("happens", "refusal"),
    [
        (gone, SenderGone),
        (agent_meanwhile, SenderGone),
        *MEANWHILE,
    ],
)
def test_refused_it_leaves_nothing_behind(application, happens, refusal):
    happens(application)

    with pytest.raises(refusal):
        accept(application)
    assert not Partner.objects.exists()
    assert not Membership.objects.exists()


def test_refused_then_reopened_it_is_accepted(application, mailoutbox):
    agent = make_decider()
    deciding.refuse(application_id=application.pk, reason="Non.", actor=agent)
    assert deciding.reopen(application_id=application.pk, actor=agent) == []

    accept(application)
    assert [it.subject.partition(" pour")[0] for it in outbox.outbox] == [
        *("Demande reçue", "Affiliation refusée", "Demande relue", "Affiliation acceptée")
    ]
    assert mailoutbox


def test_what_was_accepted_is_not_reopened(application):
    accept(application)

    with pytest.raises(Moved):
        deciding.reopen(application_id=application.pk, actor=make_decider())


def test_sent_twice_it_is_asked_once():
    application = make_candidacy()
    again = candidacies.send(candidacy_id=application.candidacy.pk, papers=[make_photo()])

    assert (again, Application.objects.count(), Paper.objects.count()) == (application, 1, 1)


def test_what_was_sent_is_not_written_otherwise(application):
    with pytest.raises(Moved):
        candidacies.describe(candidacy_id=application.candidacy.pk, said={"name": "AUTRE"}, offers=[])
    assert Candidacy.objects.get().name == "JUDO CLUB D’ANTONY"


# --- The convention ---------------------------------------------------------------------------


def test_it_is_signed_first(application):
    version = make_in_force()
    with pytest.raises(NotSigned):
        accept(application)
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT
    assert not Partner.objects.exists()

    signature = make_signature(application, version)
    agent = make_decider()
    accept(application, actor=agent)
    countersigned = signature.countersignature
    assert (countersigned.agent, countersigned.name) == (agent, str(agent))
    assert countersigned.signed_at >= signature.signed_at


def test_who_has_not_signed_is_told_by_email(mailoutbox):
    version = make_in_force()
    application = make_candidacy()
    assert "signez la convention" in mailoutbox[-1].body
    assert "rien à faire" not in mailoutbox[-1].body

    make_signature(application, version)
    agent = make_decider()
    deciding.refuse(application_id=application.pk, reason="Non.", actor=agent)
    deciding.reopen(application_id=application.pk, actor=agent)
    assert "Vous n’avez rien à faire" in mailoutbox[-1].body


def test_the_version_of_before_is_not_enough(application):
    make_signature(application, make_in_force("1"))
    conventions.put_in_force(convention_id=make_convention("2").pk, actor=make_decider())

    with pytest.raises(NotSigned):
        accept(application)


def test_where_none_is_in_force_there_is_nothing_to_sign(application):
    version = make_in_force()
    signature = make_signature(application, version)
    conventions.end(convention_id=version.pk)
    accept(application)

    assert not hasattr(signature, "countersignature")
