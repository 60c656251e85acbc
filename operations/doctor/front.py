"""Whether the site answers at its public address."""

import http.client
from contextlib import closing
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings

from .findings import Wrong

PATIENCE = 5


def check() -> str:
    """As a family would: down to the proxy, whose mistakes show only there."""
    address = f"{settings.SITE_URL}/accueil/"
    try:
        status = _ask(address)
    except (OSError, http.client.HTTPException) as silence:
        raise Wrong(
            f"{address} ne répond pas ({type(silence).__name__})",
            "vérifiez que gunicorn et le serveur frontal tournent, le nom de domaine et le certificat",
        ) from silence
    if status == HTTPStatus.OK or (settings.MAINTENANCE and status == HTTPStatus.SERVICE_UNAVAILABLE):
        return f"{address} répond {status}"
    remedies: dict[int, str] = {
        HTTPStatus.MOVED_PERMANENTLY: (
            "derrière un serveur frontal, mettez SECURE_PROXY=true, et qu’il pose lui-même X-Forwarded-Proto"
        ),
        HTTPStatus.BAD_REQUEST: "le serveur frontal doit transmettre Host, qui est le nom de SITE_URL",
        HTTPStatus.BAD_GATEWAY: "lancez gunicorn, là où le serveur frontal le cherche",
    }
    remedy = remedies.get(status, "lisez le journal de gunicorn")
    raise Wrong(f"{address} répond {status}", remedy)


def _ask(address: str) -> int:
    """The status of a page, wherever it would send us next."""
    url = urlsplit(address)
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    with closing(kind(url.hostname or "", url.port, timeout=PATIENCE)) as server:
        server.request("GET", url.path)
        return server.getresponse().status
