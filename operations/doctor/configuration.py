"""Which version this is, DEBUG, SECRET_KEY and SITE_URL."""

from urllib.parse import urlsplit

from django.conf import settings

from .findings import Wrong

SHORTEST_KEY, FEWEST_CHARACTERS = 50, 10


def version() -> str:
    return settings.VERSION


def debug() -> str:
    if settings.DEBUG:
        raise Wrong("DEBUG est activé : les erreurs montrent tout", "mettez DEBUG=false")
    if not settings.HTTPS:
        raise Wrong(
            f"SITE_URL={settings.SITE_URL} : sans TLS, les cookies voyagent en clair",
            "servez en TLS, et donnez à SITE_URL une adresse en https://",
        )
    return "DEBUG désactivé, TLS exigé"


def secret_key() -> str:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS or key.startswith("django-insecure-"):
        raise Wrong(
            "SECRET_KEY est trop faible",
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))" en fait une bonne ; toutes les '
            "sessions, tous les liens et toutes les lettres d’activation en cours tombent",
        )
    return f"SECRET_KEY de {len(key)} caractères"


def site_url() -> str:
    site = urlsplit(settings.SITE_URL)
    if site.scheme not in {"https", "http"} or not site.hostname or site.path:
        raise Wrong(
            f"SITE_URL={settings.SITE_URL} n’est pas l’adresse d’un site",
            "donnez https:// et le nom public, sans chemin",
        )
    return f"SITE_URL={settings.SITE_URL}"
