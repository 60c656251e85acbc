"""What was in the database before second factors were sealed: security.md F4, F13."""

from importlib import import_module

import pytest
from django.apps import apps
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
KEY = "00112233445566778899aabbccddeeff00112233"


@pytest.fixture
def migration():
    return import_module("accounts.migrations.0018_second_factor")


def test_keys_are_sealed_codes_are_hashed_and_what_waited_is_gone(migration):
    agent, newcomer = make_user("agent", is_staff=True), make_user("nouveau", is_staff=True)
    TOTPDevice.objects.create(user=agent, key=KEY)
    TOTPDevice.objects.create(user=newcomer, key=KEY, confirmed=False)
    StaticDevice.objects.create(user=agent).token_set.create(token="abcdefgh")
    migration.hide_secrets(apps, None)

    assert KEY not in TOTPDevice.objects.get().key
    assert second_factor.verify(agent, f"{totp(bytes.fromhex(KEY)):06}")
    assert second_factor.verify(agent, "abcdefgh")


def test_there_and_back(migration):
    TOTPDevice.objects.create(user=make_user("agent", is_staff=True), key=KEY)
    migration.hide_secrets(apps, None)
    migration.show_keys(apps, None)

    assert TOTPDevice.objects.get().key == KEY
