"""OpenID Connect, with Authlib: to the provider, and back.

`openid` alone is asked for: who somebody is before us, without a name. Authlib keeps `state`, `nonce` and the
proof of the code (PKCE) in the session, once; and judges the signature and the claims of what comes back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from django.http import HttpRequest, HttpResponseRedirect
from joserfc.errors import JoseError
from requests import RequestException

from ..models import IdentityProvider
from .providers import Provider

# Seconds: a page waits for each answer of the provider.
PATIENCE = 5
# How sure FranceConnect must be of who is there; ProConnect has one way.
LEVELS = {IdentityProvider.FRANCE_CONNECT: {"acr_values": "eidas1"}}


class NotVouched(Exception):
    """The provider is away, or does not say who this visitor is, to us, now."""


def to_provider(request: HttpRequest, provider: Provider, *, back: str) -> HttpResponseRedirect:
    """`back` is the whole address of the page to return to. Raises NotVouched."""
    with _troubles():
        answer: HttpResponseRedirect = _client(provider).authorize_redirect(
            request, back, **LEVELS.get(provider.key, {})
        )
    return answer


def subject_of(request: HttpRequest, provider: Provider) -> tuple[str, str]:
    """What the provider calls who came back; and the token that ends the session there. Raises NotVouched."""
    claims_options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    with _troubles():
        token: dict[str, Any] = _client(provider).authorize_access_token(
            request, claims_options=claims_options
        )
        subject = token["userinfo"]["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise NotVouched("a subject that is none")
    return subject, token["id_token"]


def end_address(provider: Provider, id_token: str, *, back: str) -> str:
    """Where the session there ends. Raises NotVouched."""
    with _troubles():
        address: str = _client(provider).create_logout_url(back, id_token)["url"]
    return address


@contextmanager
def _troubles() -> Iterator[None]:
    """Whatever the libraries raise of a provider that is away, or of an answer that is none."""
    try:
        yield
    except AuthlibBaseError as refusal:
        raise NotVouched(refusal.error) from refusal
    except (JoseError, RequestException, RuntimeError, ValueError, LookupError, TypeError) as trouble:
        # What it said of itself may have been wrong, and is asked again.
        _client.cache_clear()
        raise NotVouched(type(trouble).__name__) from trouble


@cache
def _client(provider: Provider) -> DjangoOAuth2App:
    """One for each process: what the provider says of itself is asked once, while it is right."""
    client: DjangoOAuth2App = OAuth().register(
        provider.key.value,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )
    return client
