"""A provider of identities, on this machine: what FranceConnect and ProConnect are to the site."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from core.tests.outside import said, service

CLIENT = "pass-92"


@dataclass
class Answer:
    """To one request: `body` as it is, after so many seconds."""

    body: bytes
    status: int = 200
    after: float = 0


@dataclass
class Provider:
    issuer: str
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "ours"}, private=True))
    # What it says instead of what it should, by address.
    instead: dict[str, Answer] = field(default_factory=dict)
    # By the code that stands for it: the whole answer of /token.
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def vouch(
        self,
        location: str,
        *,
        subject: str,
        code: str = "a-code",
        key: Any = None,
        alg: str = "ES256",
        **claims: Any,
    ) -> dict[str, str]:
        """Somebody proves to be `subject` there: with what its browser comes back. `claims` replace ours."""
        sent = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        now = int(time.time())
        claimed = {
            "iss": self.issuer,
            "sub": subject,
            "aud": sent["client_id"],
            "exp": now + 60,
            "iat": now,
            "nonce": sent["nonce"],
        } | claims
        told = {name: value for name, value in claimed.items() if value is not None}
        token = jwt.encode({"alg": alg, "kid": "ours"}, told, key or self.key, algorithms=[alg])
        self.tokens[code] = {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        return {"code": code, "state": sent["state"]}

    def answer(self, path: str, body: dict[str, list[str]]) -> Answer:
        self.asked.append((path, body))
        if path in self.instead:
            return self.instead[path]
        match path:
            case "/.well-known/openid-configuration":
                found: Any = {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/jwks",
                    "end_session_endpoint": f"{self.issuer}/session/end",
                    "id_token_signing_alg_values_supported": ["ES256"],
                }
            case "/jwks":
                found = {"keys": [self.key.as_dict(private=False)]}
            case "/token" if body["code"][0] in self.tokens:
                # A code serves once.
                found = self.tokens.pop(body["code"][0])
            case "/token":
                return Answer(b'{"error": "invalid_grant"}', 400)
            case _:
                return Answer(b"", 404)
        return Answer(json.dumps(found).encode())


@contextmanager
def started() -> Iterator[Provider]:
    def answer(door: BaseHTTPRequestHandler) -> None:
        body = door.rfile.read(int(door.headers.get("Content-Length", 0)))
        found = provider.answer(urlsplit(door.path).path, parse_qs(body.decode()))
        time.sleep(found.after)
        said(found.body, found.status)(door)

    with service(answer) as address:
        provider = Provider(address)
        yield provider
