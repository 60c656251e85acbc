"""What an operator can get wrong, looked at one by one: `manage.py doctor`.

A check returns what it saw, or raises Wrong with the remedy. It changes nothing, and needs no other check.
"""

import datetime as dt
import http.client
import json
import os
import re
import runpy
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from smtplib import SMTPAuthenticationError
from typing import Any
from urllib.parse import urlsplit

import psycopg
import weasyprint
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.http.request import validate_host
from django.utils import timezone
from post_office.settings import get_backend
from psycopg.rows import dict_row
from weasyprint.text import ffi

from accounts.audit import AuditEntry
from accounts.demonstration import ENDING, PASSWORD
from accounts.models import SignIn, User
from wallets.models import Entry

from . import backup_signatures, database_roles, runs
from .probes import missing_migrations

SHORTEST_KEY, FEWEST_CHARACTERS = 50, 10
PATIENCE = 5
GIBIBYTE = 2**30
# Of the throttle and of the links: two machines may differ by so much.
LARGEST_DRIFT = 1
# The newest lines of each kind.
LOOKED_BACK = 1000
# What deliver, run_imports (two), a nightly command and an operator take beside the pages.
BESIDE_THE_PAGES = 5
FONTS = {"DejaVu-Sans", "DejaVu-Sans-Mono"}
PAPER = '<p style="font-family: DejaVu Sans">Élève <code style="font-family: DejaVu Sans Mono">0123'


class Wrong(Exception):
    def __init__(self, fault: str, remedy: str) -> None:
        self.fault, self.remedy = fault, remedy
        super().__init__(fault)


@dataclass(frozen=True)
class Finding:
    """Of one check: what it saw, and what to do about it if that is wrong."""

    name: str
    seen: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    for name, check in CHECKS.items():
        yield _examine(name, check)


def _examine(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, check())
    except Wrong as wrong:
        return Finding(name, wrong.fault, wrong.remedy)
    except DatabaseError as trouble:
        return Finding(
            name, f"la base ne répond pas ({_first_line(trouble)})", "vérifiez DATABASE_URL et le serveur"
        )
    except Exception as trouble:  # noqa: BLE001 – one that breaks does not hide the next ones
        return Finding(
            name, f"{type(trouble).__name__}: {_first_line(trouble)}", "la vérification elle-même a échoué"
        )


def _first_line(trouble: Exception) -> str:
    return str(trouble).partition("\n")[0]


# --- Settings ---------------------------------------------------------------------------------


def debug() -> str:
    if settings.DEBUG:
        raise Wrong("DEBUG est activé : les erreurs montrent tout", "mettez DEBUG=false")
    if not settings.HTTPS:
        raise Wrong("HTTPS=false : les cookies voyagent en clair", "enlevez HTTPS de .env, et servez en TLS")
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
    if site.scheme != ("https" if settings.HTTPS else "http") or not site.hostname or site.path:
        raise Wrong(
            f"SITE_URL={settings.SITE_URL} n’est pas l’adresse d’un site",
            "donnez https:// et le nom public, sans chemin",
        )
    if not validate_host(site.hostname, settings.ALLOWED_HOSTS):
        raise Wrong(
            f"{site.hostname}, de SITE_URL, n’est pas dans ALLOWED_HOSTS", f"ajoutez-y {site.hostname}"
        )
    return f"SITE_URL={settings.SITE_URL} est dans ALLOWED_HOSTS"


def front() -> str:
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
        HTTPStatus.BAD_REQUEST: "le serveur frontal doit transmettre Host, et ALLOWED_HOSTS le contenir",
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


# --- The database -----------------------------------------------------------------------------


def database() -> str:
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version} répond"


def migrations() -> str:
    missing = missing_migrations()
    if missing:
        first = ".".join(min(missing))
        raise Wrong(f"{len(missing)} migrations manquent, dont {first}", "lancez manage.py migrate")
    return "toutes faites"


def clock() -> str:
    if connection.vendor != "postgresql":
        return "la base est sur cette machine"
    before = time.time()
    [theirs] = _row("SELECT extract(epoch FROM clock_timestamp())::float8")
    ours = (before + time.time()) / 2
    if abs(theirs - ours) > LARGEST_DRIFT:
        raise Wrong(
            f"la base a {abs(theirs - ours):.0f} s d’écart avec cette machine",
            "mettez les deux à l’heure (chrony ou systemd-timesyncd)",
        )
    return "celle de la base est la même"


def dates() -> str:
    """Whether the clock was ahead: what it dated stays ahead, waits included."""
    now, late = timezone.now(), []
    for rows, column in ((SignIn.objects, "at"), (AuditEntry.objects, "at"), (Entry.objects, "created_at")):
        newest = rows.order_by("-pk").values_list(column, flat=True)[:LOOKED_BACK]
        late += [at for at in newest if at > now + dt.timedelta(seconds=LARGEST_DRIFT)]
    if late:
        latest = f"{timezone.localtime(max(late)):%d/%m/%Y à %H:%M}"
        raise Wrong(
            f"l’horloge a reculé\N{NO-BREAK SPACE}: {len(late)} dates sont à venir, jusqu’au {latest}",
            "vérifiez chrony ou systemd-timesyncd\N{NO-BREAK SPACE}; ces dates restent, l’ordre est juste",
        )
    return "aucune après maintenant"


def connection_numbers() -> str:
    if connection.vendor != "postgresql":
        return "sans objet"
    gunicorn = runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))
    pool: int = connection.settings_dict["OPTIONS"]["pool"]["max_size"]
    if pool < gunicorn["threads"]:
        raise Wrong(
            f"DATABASE_POOL={pool}, mais un processus a {gunicorn['threads']} fils",
            f"mettez DATABASE_POOL={gunicorn['threads']} au moins",
        )
    wanted = gunicorn["workers"] * pool + BESIDE_THE_PAGES
    most, reserved = map(
        int,
        _row("SELECT current_setting('max_connections'), current_setting('superuser_reserved_connections')"),
    )
    if settings.DATABASE_POOLER:
        return _pooled(wanted * len(settings.DATABASES), given=most - reserved)
    if wanted > most - reserved:
        raise Wrong(
            f"{wanted} connexions au plus ({gunicorn['workers']} processus × {pool}, + {BESIDE_THE_PAGES}), "
            f"PostgreSQL en donne {most - reserved}",
            "baissez DATABASE_POOL ou WEB_CONCURRENCY, ou augmentez max_connections",
        )
    return f"{wanted} au plus, sur {most - reserved}"


def _pooled(wanted: int, *, given: int) -> str:
    """Ours end at PgBouncer, which has its own to PostgreSQL; of this host, for the others are alike."""
    facts = {row["key"]: row["value"] for row in _ask_pooler("SHOW CONFIG")}
    if facts["pool_mode"] != "transaction":
        raise Wrong(f"PgBouncer est en mode {facts['pool_mode']}", "mettez pool_mode = transaction")
    if wanted > int(facts["max_client_conn"]):
        raise Wrong(
            f"{wanted} connexions au plus vers PgBouncer, qui en accepte {facts['max_client_conn']}",
            "augmentez max_client_conn dans pgbouncer.ini",
        )
    taken = sum(
        int(row["pool_size"]) + int(row["reserve_pool"])
        for row in _ask_pooler("SHOW DATABASES")
        if row["name"] != "pgbouncer"
    )
    if taken > given:
        raise Wrong(
            f"PgBouncer ouvre jusqu’à {taken} connexions, PostgreSQL en donne {given}",
            "baissez default_pool_size dans pgbouncer.ini, ou augmentez max_connections",
        )
    return (
        f"{wanted} au plus vers PgBouncer, {taken} de lui vers PostgreSQL, qui en donne {given}"
        f"\N{NO-BREAK SPACE}: {given // taken} machines au plus"
    )


def _ask_pooler(query: str) -> list[dict[str, Any]]:
    """Its console, which `stats_users` opens to us; it knows no parameters and no transactions."""
    to_us = connection.get_connection_params()
    address = {name: to_us[name] for name in ("host", "port", "user", "password") if name in to_us}
    with psycopg.connect(
        **address, dbname="pgbouncer", autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as console:
        return console.cursor(row_factory=dict_row).execute(query).fetchall()


def limits() -> str:
    """Nobody waits for ever for somebody's lock. Behind a pooler the role has them, and we do not ask."""
    if connection.vendor != "postgresql":
        return "sans objet"
    told = _row("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
    if "0" in told:
        raise Wrong(
            f"statement_timeout={told[0]}, lock_timeout={told[1]} : une page peut attendre sans fin",
            "passez deploy/cluster/database.sql sur le serveur principal, puis relancez PgBouncer",
        )
    return f"{told[0]} par instruction, {told[1]} pour un verrou"


def role() -> str:
    """Whoever takes over a page has its role."""
    if connection.vendor != "postgresql":
        return "sans objet"
    if database_roles.is_owner():
        raise Wrong(
            "le rôle des pages peut vider le grand livre et le journal",
            "donnez les tables à un autre rôle (docs/deploiement.md, « Deux rôles »)",
        )
    return "les pages ne peuvent qu’ajouter au grand livre et au journal"


def demonstration() -> str:
    """Its password is in the README; whoever comes first as its agent enrols a telephone."""
    logins = User.objects.filter(username__endswith=ENDING, is_active=True)
    known = [user.username for user in logins.order_by("username") if user.check_password(PASSWORD)]
    if known and not settings.DEBUG:
        raise Wrong(
            f"{', '.join(known)} : le mot de passe de la démonstration, qui est public",
            "fermez ces comptes, ou repartez d’une base neuve",
        )
    return "aucun compte de démonstration ouvert" if not known else "DEBUG : comptes de démonstration"


def replica() -> str:
    if settings.REPLICA == DEFAULT_DB_ALIAS:
        return "aucune : tout se lit sur le serveur principal"
    with connections[settings.REPLICA].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        [follows] = cursor.fetchone()
    if not follows:
        raise Wrong(
            "DATABASE_REPLICA_URL mène au serveur principal",
            "aucune réplique ne sert\N{NO-BREAK SPACE}: voyez patronictl list",
        )
    return "répond"


def backups() -> str:
    """Anybody encrypts for a public key: without a signature nothing says whose copy comes back."""
    if connection.vendor != "postgresql" or not settings.BACKUP_DIR:
        return "cette machine n’en fait pas"
    remedy = "« openssl rand -base64 32 » en fait une : une copie au coffre, jamais avec les sauvegardes"
    try:
        key = backup_signatures.public_key()
    except backup_signatures.BadKey as trouble:
        raise Wrong(str(trouble).rstrip("."), remedy) from trouble
    if not key:
        raise Wrong("les sauvegardes ne sont pas signées, faute de BACKUP_SIGNING_KEY", remedy)
    return f"signées ; leur clé publique, pour BACKUP_SIGNED_BY : {key}"


def _row(query: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


# --- This machine -----------------------------------------------------------------------------


def disk() -> str:
    told = []
    for place, needed in _places().items():
        if not os.access(place, os.W_OK):
            raise Wrong(f"{place} ne s’ouvre pas à l’écriture", f"donnez {place} à qui lance Pass+")
        free = shutil.disk_usage(place).free
        if free < needed:
            raise Wrong(f"il ne reste que {_size(free)} sous {place}", f"libérez {_size(needed)} au moins")
        told.append(f"{_size(free)} sous {place}")
    return ", ".join(told)


def _places() -> dict[Path, int]:
    """Where we write, and how much must be left there: a copy of an SQLite database has room beside it."""
    places = {Path(tempfile.gettempdir()): GIBIBYTE}
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        if file.exists():
            places[file.parent] = GIBIBYTE + file.stat().st_size
    return places


def _size(space: int) -> str:
    return f"{space / GIBIBYTE:.1f} Gio"


def static_files() -> str:
    remedy = "lancez manage.py collectstatic --noinput"
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        raise Wrong(f"rien n’est rassemblé dans {settings.STATIC_ROOT}", remedy)
    collected = json.loads(manifest.read_text())["paths"]
    made = dt.datetime.fromtimestamp(manifest.stat().st_mtime, dt.UTC)
    for finder in get_finders():
        for path, storage in finder.list(None):
            name = str(Path(getattr(storage, "prefix", None) or "", path))
            if name not in collected or storage.get_modified_time(path) > made:
                raise Wrong(f"{name} a changé depuis", remedy)
    return f"{len(collected)} rassemblés"


def pdf() -> str:
    """Pango was found, or no command would start. Draws as tickets are, and looks at what was drawn."""
    drawn = weasyprint.HTML(string=PAPER).write_pdf(uncompressed_pdf=True)
    fonts = {name.decode() for name in re.findall(rb"/BaseFont /\w+\+([\w-]+)", drawn)}
    if missing := FONTS - fonts:
        raise Wrong(f"{' et '.join(sorted(missing))} : police absente", "apt-get install fonts-dejavu-core")
    if ffi.harfbuzz_subset is None:
        raise Wrong(
            "sans harfbuzz-subset, un PDF prend trois fois plus de temps",
            "apt-get install libharfbuzz-subset0",
        )
    return f"WeasyPrint {weasyprint.__version__} dessine, avec ses polices"


def mail() -> str:
    """Up to the identification: nothing is sent."""
    server = get_connection(get_backend())
    if not isinstance(server, EmailBackend):
        raise Wrong(
            "EMAIL_URL n’est pas un serveur : aucun e-mail ne part", "donnez smtp+tls://… (.env.example)"
        )
    where = f"{server.host}:{server.port}"
    try:
        with closing(server):
            server.open()
    except SMTPAuthenticationError as refused:
        raise Wrong(
            f"{where} refuse l’identifiant ou le mot de passe", "corrigez EMAIL_URL (%XX pour les signes)"
        ) from refused
    except OSError as silence:
        raise Wrong(
            f"{where} ne répond pas ({type(silence).__name__})", "corrigez EMAIL_URL, ou ouvrez le pare-feu"
        ) from silence
    return f"{where} répond"


def command(name: str) -> str:
    duty = runs.DUTIES[name]
    seen = runs.last_seen().get(name)
    if not seen:
        raise Wrong("n’a encore jamais réussi", duty.how)
    at = f"{timezone.localtime(seen):%d/%m/%Y à %H:%M}"
    if timezone.now() - seen > duty.within:
        raise Wrong(f"n’a plus réussi depuis le {at}", duty.how)
    return f"a réussi le {at}"


def _command(name: str) -> Callable[[], str]:
    return lambda: command(name)


CHECKS: dict[str, Callable[[], str]] = {
    "Réglages": debug,
    "Secret": secret_key,
    "Adresse": site_url,
    "Site": front,
    "Base de données": database,
    "Migrations": migrations,
    "Horloge": clock,
    "Dates": dates,
    "Connexions": connection_numbers,
    "Délais": limits,
    "Rôle": role,
    "Démonstration": demonstration,
    "Réplique": replica,
    "Sauvegardes": backups,
    "Place": disk,
    "Fichiers statiques": static_files,
    "PDF": pdf,
    "E-mails": mail,
    **{name: _command(name) for name in runs.DUTIES},
}
