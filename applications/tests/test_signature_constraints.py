"""What the database refuses of signatures, by name; and that what is signed stays."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import make_user
from applications.affiliating import accept_affiliation
from applications.models import Countersignature, Signature, SigningCode
from applications.models.signature import FORGOTTEN
from core.append_only import AppendOnly
from partners.tests.factories import make_partner

from .conventions import make_in_force
from .factories import make_decider
from .organismes import make_candidacy
from .signatures import code_for, make_signature, signer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature():
    return make_signature(make_candidacy(make_user("camille")), make_in_force())


def copy(signature, **fields):
    names = {field.attname for field in Signature._meta.concrete_fields} - {"id"}
    return Signature(**{name: getattr(signature, name) for name in names} | fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("of_one_organisme", {"application_id": None}),
        ("says_who", {"name": ""}),
        ("says_who", {"capacity": ""}),
        ("says_who", {"email": ""}),
        ("says_who", {"organisme": ""}),
        ("declares", {"declared": ""}),
        ("has_its_digests", {"text_sha256": "x"}),
        ("has_its_digests", {"code_digest": ""}),
        ("after_its_code", {"code_sent_at": timezone.now() + dt.timedelta(hours=1)}),
        ("once_an_application", {}),
    ],
)
def test_of_a_signature(refused_by, signature, constraint, fields):
    with refused_by(f"applications_signature_{constraint}"):
        copy(signature, **fields).save()


def test_of_an_organisme_that_is_affiliated(refused_by, signature):
    partner = make_partner()
    with refused_by("applications_signature_of_one_organisme"):
        copy(signature, partner_id=partner.pk).save()
    copy(signature, application_id=None, partner_id=partner.pk).save()
    with refused_by("applications_signature_once_an_organisme"):
        copy(signature, application_id=None, partner_id=partner.pk).save()


def test_of_a_code(refused_by):
    convention, application = make_in_force(), make_candidacy()
    code_for(signer_of(application), convention)
    code, partner = SigningCode.objects.get(), make_partner()
    known = {"convention": convention, "account": code.account, "email": "a@b.example", "digest": code.digest}
    with refused_by("applications_signingcode_of_one_organisme"):
        SigningCode.objects.create(**known)
    with refused_by("applications_signingcode_once_an_application"):
        SigningCode.objects.create(**known, application=application)
    SigningCode.objects.create(**known, partner=partner)
    with refused_by("applications_signingcode_once_an_organisme"):
        SigningCode.objects.create(**known, partner=partner)


def test_of_a_countersignature(refused_by, signature):
    with refused_by("applications_countersignature_says_who"):
        Countersignature.objects.create(signature=signature, agent=make_user(), name="")
    Countersignature.objects.create(signature=signature, agent=make_user(), name="Agent")
    with refused_by("applications_countersignature_signature_id_key"):
        Countersignature.objects.create(signature=signature, agent=make_user(), name="Agent")


def accepted(signature):
    accept_affiliation(application_id=signature.application_id, actor=make_decider())
    return Signature.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        lambda signature: signature.save(),
        lambda signature: signature.delete(),
        lambda signature: signature.countersignature.save(),
        lambda signature: signature.countersignature.delete(),
        lambda signature: Signature.objects.update(name="Autre"),
        lambda signature: Signature.objects.all().delete(),
        lambda signature: Countersignature.objects.update(name="Autre"),
        lambda signature: Countersignature.objects.all().delete(),
    ],
    ids=[
        *("save", "delete", "save the second", "delete the second"),
        *("update", "delete all", "update the second", "delete all the second"),
    ],
)
def test_the_models_refuse_a_change(signature, change):
    signature = accepted(signature)
    with pytest.raises(AppendOnly):
        change(signature)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE applications_signature SET name = 'x'",
        "UPDATE applications_countersignature SET name = 'x'",
        "DELETE FROM applications_countersignature",
        "DELETE FROM applications_signature WHERE partner_id IS NOT NULL",
        (
            "UPDATE applications_signature SET organisme = 'effacé', siret = '', name = 'effacé', "
            "capacity = 'effacé', email = 'effacé'"
        ),
    ],
)
def test_postgresql_refuses_it_too(signature, sql):
    """On SQLite the models alone do."""
    accepted(signature)
    copy(signature, application_id=None, partner_id=make_partner().pk).save()
    before = told()
    guarded = connection.vendor == "postgresql"
    expected = pytest.raises(IntegrityError, match="_is_append_only") if guarded else nullcontext()
    with expected, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert (told() == before) == guarded


def told():
    return [list(model.objects.order_by("pk").values()) for model in (Signature, Countersignature)]


def test_who_signed_for_nothing_is_forgotten(signature):
    before = dict(Signature.objects.values().get())
    assert Signature.objects.all().forget() == 1
    assert Signature.objects.all().forget() == 0

    after = dict(Signature.objects.values().get())
    assert {name for name in after if after[name] != before[name]} == set(FORGOTTEN)
    assert after | FORGOTTEN == after


def test_who_signed_what_binds_is_not(signature):
    accepted(signature)
    copy(signature, application_id=None, partner_id=make_partner().pk).save()

    assert Signature.objects.all().forget() == 0
    assert not Signature.objects.filter(**FORGOTTEN).exists()
