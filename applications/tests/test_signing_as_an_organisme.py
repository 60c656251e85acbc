"""An organisme that is affiliated signs the version in force, from « Mon organisme »."""

import pytest
from django.urls import reverse

from applications import conventions, signing
from applications.affiliating import accept_affiliation
from applications.exceptions import AlreadySigned, Moved
from applications.models import Signature
from applications.signer import Signer
from applications.standing import standing_of
from partners.models import Partner, Role
from partners.tests.factories import make_partner
from partners.tests.members import make_member
from tickets.partner_merge import merge_partners
from wallets.tests.factories import days

from .conventions import make_convention, make_in_force
from .factories import make_decider
from .organismes import make_candidacy
from .signatures import code_for, make_signature, make_signature_of, newest_code, sign

pytestmark = pytest.mark.django_db
SAID = {"name": "Camille DURAND", "capacity": "présidente", "read": "on"}


@pytest.fixture
def convention():
    return make_in_force()


@pytest.fixture
def manager(enter):
    member = make_member(make_partner(), Role.MANAGER)
    enter(member.user)
    return member


def page_of(partner, what="convention"):
    return reverse(f"applications:organisme_{what}", args=[partner.pk])


def front_of(partner):
    return reverse("partners:organisme", args=[partner.pk])


def test_a_manager_reads_and_signs_it(client, manager, convention):
    partner = manager.partner
    assert "reste à signer" in client.get(front_of(partner)).text
    client.post(page_of(partner, "code"), {"convention": convention.pk})
    said = SAID | {"convention": convention.pk, "code": newest_code()}
    page = client.post(page_of(partner), said, follow=True)

    assert page.redirect_chain == [(front_of(partner), 302)]
    assert "Signée par Camille DURAND" in page.text
    signature = Signature.objects.get()
    assert (signature.partner, signature.application, signature.account) == (partner, None, manager.user)
    assert (signature.organisme, signature.siret) == (partner.name, partner.siret)


def test_it_blocks_nothing(client, manager, convention):
    assert client.get(reverse("tickets:counter", args=[manager.partner_id])).status_code == 200


def test_where_none_is_in_force_nothing_is_said(client, manager):
    assert 'id="convention"' not in client.get(front_of(manager.partner)).text
    assert client.get(page_of(manager.partner)).status_code == 404


def test_who_left_has_nothing_to_sign(convention):
    partner = make_partner(affiliated_until=days(-1))
    assert standing_of(partner) is None

    signature = make_signature_of(partner, make_member(partner, Role.MANAGER).user, convention)
    standing = standing_of(partner)
    assert standing
    assert standing.signature == signature


def test_the_counter_does_not_sign(client, manager, convention):
    other = make_member(manager.partner)
    client.force_login(other.user)

    assert "reste à signer" not in client.get(front_of(manager.partner)).text
    assert client.get(page_of(manager.partner)).status_code == 404
    assert client.post(page_of(manager.partner, "code")).status_code == 404


def test_without_the_second_factor_it_is_asked_for(client, manager, convention):
    client.logout()
    client.force_login(manager.user)
    answer = client.get(page_of(manager.partner))

    assert answer.headers["Location"].startswith(reverse("accounts:second_factor"))


def test_two_managers_sign_it_once(convention):
    partner = make_partner()
    first, second = (make_member(partner, Role.MANAGER).user for _ in range(2))
    signature = make_signature_of(partner, first, convention)

    assert sign(Signer(second, partner=partner), convention, "000000") == signature
    with pytest.raises(AlreadySigned):
        signing.send_code(signer=Signer(second, partner=partner), convention_id=convention.pk)


def test_what_was_signed_to_be_affiliated_is_signed(convention):
    application = make_candidacy()
    signature = make_signature(application, convention)
    accept_affiliation(application_id=application.pk, actor=make_decider())

    standing = standing_of(Partner.objects.get())
    assert standing
    assert standing.signature == signature


def test_another_version_is_to_be_signed(convention):
    partner = make_partner()
    make_signature_of(partner, make_member(partner, Role.MANAGER).user, convention)
    second = make_convention("2")
    conventions.put_in_force(convention_id=second.pk, actor=make_decider())

    standing = standing_of(partner)
    assert standing
    assert (standing.convention, standing.signature) == (second, None)


def test_the_double_of_an_organisme_had_signed(convention):
    double, kept = make_partner("DOUBLE"), make_partner("GARDÉ")
    user = make_member(double, Role.MANAGER).user
    signature = make_signature_of(double, user, convention)
    merge_partners(double_id=double.pk, kept_id=kept.pk)

    standing = standing_of(kept)
    assert standing
    assert standing.signature == signature
    with pytest.raises(Moved):
        code_for(Signer(user, partner=double), convention)
