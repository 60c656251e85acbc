"""Test clients go where a refused form leads, as browsers do: `post` returns the page that says why."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from core.refused_forms import PARAMETER


def follow_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Client.post

    def post_as_a_browser(self: Client, path: Any, *data: Any, **options: Any) -> Any:
        response: Any = post(self, path, *data, **options)
        if response.status_code != 302 or f"{PARAMETER}=" not in response.url:
            return response
        kept = {name: value for name, value in options.items() if name not in {"data", "content_type"}}
        return self.get(response.url, **kept)

    monkeypatch.setattr(Client, "post", post_as_a_browser)


def post_alone(client: Client, path: str, data: dict[str, str]) -> Any:
    """The answer to the form itself."""
    return client.generic("POST", path, urlencode(data), content_type="application/x-www-form-urlencoded")
