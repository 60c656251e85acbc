"""The paper of a signature: the whole text, who and how; the same bytes for ever once it binds."""

from contextlib import nullcontext
from hashlib import sha256
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from accounts.tests.factories import make_agent, make_user
from applications import attesting, conventions
from applications.affiliating import accept_affiliation
from applications.models import Attestation, Signature
from core.append_only import AppendOnly
from core.tests.queue import work
from partners.models import Partner, Role
from partners.tests.factories import make_partner
from partners.tests.members import make_member

from .conventions import make_convention, make_in_force
from .factories import make_decider
from .organismes import make_candidacy
from .signatures import make_signature, make_signature_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention():
    return make_in_force(text="# Article 1\n\nLe club *accueille* & respecte.\n\n- un\n- deux")


@pytest.fixture
def signature(convention):
    return make_signature(make_candidacy(make_user("camille", email="camille@judo.example")), convention)


@pytest.fixture
def accepted(signature):
    accept_affiliation(application_id=signature.application_id, actor=make_decider())
    return signature


def text_of(content):
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_what_it_says(signature):
    text = text_of(attesting.content_of(signature))

    for said in (
        *("Article 1", "Le club accueille & respecte.", "JUDO CLUB D’ANTONY, SIRET 732 829 320 00074"),
        *("Camille DURAND, présidente", "camille@judo.example", signature.declared, "pas encore"),
        *(signature.text_sha256[:20], signature.code_digest[:20]),
    ):
        assert said in text.replace("\N{NO-BREAK SPACE}", " ")
    assert not Attestation.objects.exists()


def test_once_it_binds_it_is_kept(accepted):
    assert attesting.content_of(accepted) is None
    work()

    made = Attestation.objects.get(signature=accepted)
    content = attesting.content_of(accepted)
    assert content == bytes(made.content)
    assert made.sha256 == sha256(content).hexdigest()
    agent = accepted.countersignature.name
    assert f"Contresignée par {agent}, pour le département" in text_of(content)


def test_it_is_made_once(accepted):
    work()
    before = Attestation.objects.values().get()
    attesting.make.enqueue(signature_id=accepted.pk)
    work()

    assert Attestation.objects.values().get() == before


def test_which_wait(signature):
    assert list(attesting.waiting()) == []
    accept_affiliation(application_id=signature.application_id, actor=make_decider())
    assert list(attesting.waiting()) == [signature.pk]
    work()
    assert list(attesting.waiting()) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.save(),
        lambda made: made.delete(),
        lambda made: Attestation.objects.update(sha256="0" * 64),
        lambda made: Attestation.objects.all().delete(),
    ],
    ids=["save", "delete", "update", "delete all"],
)
def test_the_model_refuses_a_change(accepted, change):
    work()
    with pytest.raises(AppendOnly):
        change(Attestation.objects.get())


@pytest.mark.parametrize("sql", ["UPDATE {} SET sha256 = replace(sha256, '0', '1')", "DELETE FROM {}"])
def test_postgresql_refuses_it_too(accepted, sql):
    """On SQLite the model alone does."""
    work()
    before = list(Attestation.objects.values("pk", "sha256"))
    guarded = connection.vendor == "postgresql"
    expected = pytest.raises(IntegrityError, match="is_append_only") if guarded else nullcontext()
    with expected, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(Attestation._meta.db_table))

    assert (list(Attestation.objects.values("pk", "sha256")) == before) == guarded


def test_it_has_its_digest(refused_by, signature):
    with refused_by("applications_attestation_has_its_digest"):
        Attestation.objects.create(signature=signature, content=b"x", sha256="x")
    Attestation.objects.create(signature=signature, content=b"x", sha256="0" * 64)
    with refused_by("applications_attestation_signature_id_key"):
        Attestation.objects.create(signature=signature, content=b"x", sha256="0" * 64)


# --- Who downloads it -------------------------------------------------------------------------


def test_the_candidate(client, signature):
    client.force_login(signature.account)
    number = signature.application.candidacy.pk
    page = client.get(f"/candidatures/{number}/convention/").text
    address = reverse("applications:candidacy_attestation", args=[number])
    assert f'href="{address}"' in page

    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "convention-judo-club-dantony" in answer.headers["Content-Disposition"]
    client.force_login(make_user("dominique"))
    assert client.get(address).status_code == 404


def test_before_anything_is_signed_there_is_none(client, convention):
    application = make_candidacy(make_user("camille"))
    client.force_login(application.sent_by)
    address = reverse("applications:candidacy_attestation", args=[application.candidacy.pk])
    assert client.get(address).status_code == 404


def test_the_managers_of_the_organisme(client, accepted):
    partner = Partner.objects.get()
    address = reverse("applications:organisme_attestation", args=[partner.pk])
    client.force_login(accepted.account)
    assert "se prépare" in client.get(address, follow=True).text
    work()
    assert client.get(address).content == attesting.content_of(accepted)

    client.force_login(make_member(partner).user)
    assert client.get(address).status_code == 404


def test_of_one_that_was_affiliated_already(convention):
    partner = make_partner("CLUB")
    signature = make_signature_of(partner, make_member(partner, Role.MANAGER).user, convention)
    work()

    assert "sans objet" in text_of(attesting.content_of(signature))


def test_of_the_version_in_force(client, convention):
    """It was in force before, and is again: not the one that was signed last."""
    partner = make_partner("CLUB")
    user = make_member(partner, Role.MANAGER).user
    make_signature_of(partner, user, convention)
    second, agent = make_convention("Convention 2027"), make_decider()
    conventions.put_in_force(convention_id=second.pk, actor=agent)
    make_signature_of(partner, user, second)
    conventions.put_in_force(convention_id=convention.pk, actor=agent)
    work()

    client.force_login(user)
    address = reverse("applications:organisme_attestation", args=[partner.pk])
    assert convention.title in text_of(client.get(address).content)
    conventions.end(convention_id=convention.pk)
    assert second.title in text_of(client.get(address).content)


def test_agents(client, enter, accepted):
    enter(make_agent())
    address = reverse("admin:applications_signature_attestation", args=[accepted.pk])
    assert "se prépare" in client.get(address, follow=True).text
    work()
    page = client.get(reverse("admin:applications_signature_change", args=[accepted.pk])).text
    assert f'href="{address}"' in page
    assert accepted.text_sha256 in page
    assert client.get(address).content == attesting.content_of(Signature.objects.get())
    assert "JUDO CLUB" in client.get(reverse("admin:applications_signature_changelist")).text
