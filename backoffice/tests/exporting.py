"""An export, as an agent makes one: asked for on the list, made by the worker, taken."""

import io
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.test import Client
from django.urls import reverse


def ask(client: Client, model: str, kind: str = "csv", **asked: Any) -> Any:
    """The answer to « Exporter »: where the file will be."""
    return client.post(f"{reverse(f'admin:{model}_export', args=[kind])}?{urlencode(asked)}")


def export(client: Client, model: str, kind: str = "csv", **asked: Any) -> bytes:
    answer = ask(client, model, kind, **asked)
    assert answer.status_code == 302
    call_command("run_tasks", queue="files", stdout=io.StringIO())
    page = client.get(answer["Location"]).text
    address = f"{answer['Location'].removesuffix('change/')}telecharger/"
    assert f'href="{address}"' in page
    file: Any = client.get(address)
    return b"".join(file.streaming_content)
