"""Asks a service of others, which may be slow, wrong or away: whoever asks goes on without."""

import json
import logging
import time
from collections.abc import Mapping
from typing import Any

import requests

# Seconds, for it to be reached, to begin and to go on: a page waits for twice as many. Bytes.
PATIENCE, LARGEST, PIECE = 1.5, 1_000_000, 65_536
logger = logging.getLogger(__name__)


class NoAnswer(Exception):
    """None came, or none that can be read."""


def ask(address: str, params: Mapping[str, str]) -> Any:
    """Nothing of what was asked goes to the logs. Raises NoAnswer."""
    until = time.monotonic() + 2 * PATIENCE
    try:
        with requests.get(
            address,
            params=params,
            timeout=PATIENCE,
            stream=True,
            allow_redirects=False,
            headers={"Accept": "application/json"},
        ) as response:
            response.raise_for_status()
            return json.loads(_body(response, until))
    except (requests.RequestException, ValueError) as trouble:
        logger.warning("a service did not answer", extra={"facts": {"trouble": type(trouble).__name__}})
        raise NoAnswer from trouble


def _body(response: requests.Response, until: float) -> bytes:
    """Each piece may come in time, and all of them never. Raises ValueError."""
    body = b""
    for piece in response.iter_content(PIECE):
        body += piece
        if len(body) > LARGEST or time.monotonic() > until:
            raise ValueError("too much, or too slow")
    return body
