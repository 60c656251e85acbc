"""What the database keeps of a second factor."""

import base64

import pytest
from django.test import override_settings
from django_otp.plugins.otp_static.models import StaticToken

from accounts import second_factor
from accounts.models import Telephone
from accounts.tests.factories import make_user, shown_by

from .telephones import FACTOR, code_of, secret_on

pytestmark = pytest.mark.django_db


class TestInTheDatabase:
    """security.md F13: neither a key nor a code can be read in a backup."""

    def test_no_recovery_code(self, agent):
        codes = second_factor.new_recovery_codes(agent)

        assert not set(codes) & set(StaticToken.objects.values_list("token", flat=True))

    def test_no_key_of_a_telephone_nor_of_one_to_enrol(self, client, agent):
        page = client.get(FACTOR)
        secret = secret_on(page)
        waiting = str(dict(client.session))
        client.post(FACTOR, {"code": code_of(secret)})
        kept = Telephone.objects.get().key

        for text in (waiting, kept):
            assert secret.hex() not in text
            assert base64.b32encode(secret).decode() not in text
            assert base64.b64encode(secret).decode()[:-2] not in text

    def test_that_of_one_agent_is_none_of_another(self, agent, telephone):
        """Who writes in the database does not come in as somebody else."""
        Telephone.objects.create(user=make_user("autre", is_staff=True), key=telephone.key)
        assert not Telephone.objects.get(user__username="autre").is_readable

    def test_a_new_secret_of_the_site_takes_over_at_the_next_code(self, client, agent, telephone, settings):
        codes = second_factor.new_recovery_codes(agent)
        former = settings.SECRET_KEY
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[former]):
            assert second_factor.verify(agent, shown_by(telephone))
            assert second_factor.verify(agent, codes[0])
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
            assert second_factor.telephone_of(agent).is_readable
            assert not second_factor.verify(agent, codes[1])

    def test_without_the_secret_that_sealed_it_nobody_comes_in(self, client, agent, telephone):
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
            assert second_factor.verify(agent, "123456") is None
