"""Pass+ as in production, with the demonstration data, and a browser: tried, then thrown away.

The settings are those of production, down to TLS: only so are the cookies, the static files and
the error pages the ones that a family meets. The journeys and the screenshots stand on it.
"""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from core.own_database import HERE_ALONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

HOST = "127.0.0.1"
DATABASE = "passplus.sqlite3"
# The same before anything filled it.
EMPTY = "empty.sqlite3"
# Seconds until its first page: on a machine that does much else, to import it all takes half a minute.
PATIENCE = 90
# Each of the databases that are named, as `manage.py check_ledger` would.
CHECK = """
import sys, django
django.setup()
from django.core.management import CommandError, call_command
from django.db import connection
for path in sys.argv[1:]:
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        call_command("check_ledger")
    except CommandError as wrong:
        sys.exit(f"{path} : {wrong}")
"""
SECRET_KEY = "of-no-use-outside-this-trial"  # noqa: S105
# It has no window: the same pages take it half the processor.
HEADLESS = ("chromium-headless-shell",)
WHOLE = ("chromium", "chromium-browser", "google-chrome")
# Root in a container has no sandbox to enter; and nothing goes out by itself, neither updates nor reports.
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A service worker is refused behind a certificate made for one run; this browser visits nothing else.
    "--ignore-certificate-errors",
    # What it held back it tells at once, and not after a minute.
    "--short-reporting-delay",
)


class NotReady(Exception):
    """Something is missing on this machine; the message says what to do about it."""


def prepare(start: Path) -> None:
    """Make, once, what every server starts from: the demonstration, a certificate, the static files."""
    if not shutil.which("openssl"):
        raise NotReady("openssl manque : apt-get install openssl")
    start.mkdir(exist_ok=True)
    with ThreadPoolExecutor() as pool:
        # It compresses them for as long as the tables take.
        collected = pool.submit(_manage, start, "collectstatic --noinput --verbosity 0")
        _manage(start, "migrate --verbosity 0")
        shutil.copy(start / DATABASE, start / EMPTY)
        _manage(start, "demo")
        collected.result()
    _run(
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=IP:{HOST}"),
        *("-keyout", start / "key.pem", "-out", start / "cert.pem"),
    )


def prepare_another(start: Path, directory: Path, *filled_by: str) -> None:
    """The same with what these commands fill the database with, instead of the demonstration."""
    shutil.copytree(start, directory, dirs_exist_ok=True)
    shutil.copy(start / EMPTY, directory / DATABASE)
    for command in filled_by:
        _manage(directory, command)


@contextmanager
def serve(start: Path, directory: Path, **environment: str) -> Iterator[str]:
    """Serve a copy of what was prepared, and yield its address. What is done beside the pages waits: `works`.

    `environment` are settings that differ from those of production.
    """
    shutil.copy(start / DATABASE, directory)
    with server(start, directory, **environment) as (address, _):
        wait_for(address, start / "cert.pem")
        yield address


@contextmanager
def server(
    start: Path, directory: Path, *options: str, **environment: str
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """gunicorn before the database that is or will be there, with more `options`: its address and process."""
    with socket.create_server((HOST, 0)) as door:
        address = f"https://{HOST}:{door.getsockname()[1]}"
        # gunicorn receives the open door: nobody can take the port in between.
        command: list[str | Path] = [
            *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
            *("--bind", f"fd://{door.fileno()}", "--log-level", "error"),
            # A browser opens connections that it may use later; no nginx is here to hold them.
            *("--threads", "12"),
            *("--certfile", start / "cert.pem", "--keyfile", start / "key.pem"),
            *options,
        ]
        settings_ = _production(address, start, directory) | environment
        with _running(command, settings_, door.fileno()) as process:
            yield address, process


@contextmanager
def works(start: Path, directory: Path, address: str) -> Iterator[None]:
    """Do meanwhile the tasks of the site that is served from there. E-mails are files in `directory`/mail."""
    worker = [sys.executable, "manage.py", "run_tasks", "--every", "0.5"]
    with _running(worker, _production(address, start, directory)):
        yield


@contextmanager
def _running(
    command: Sequence[str | Path], environment: dict[str, str], *doors: int
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(  # noqa: S603 – our own commands
        command, cwd=settings.BASE_DIR, env=os.environ | environment, pass_fds=doors
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def check_ledgers(*directories: Path) -> None:
    """Whatever was done on the sites served from there, their accounts are true. Raises NotReady.

    In one process: to begin takes longer than to check. It opens the files of batches that the sites sealed.
    """
    databases = [directory / DATABASE for directory in directories]
    known = {"SECRET_KEY": SECRET_KEY, "DEBUG": "true", "DJANGO_SETTINGS_MODULE": "passplus.settings"}
    _run(sys.executable, "-c", CHECK, *databases, **known)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """The machine's own browser, which its system keeps up to date; never one of Playwright's."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 – a tool of development only
    except ImportError as missing:
        raise NotReady("Playwright manque : lancez la commande par make, qui l’installe.") from missing
    with sync_playwright() as playwright, _launched(playwright.chromium, *HEADLESS, *WHOLE) as browser:
        yield browser


def whole_browser(beside: "Browser") -> "Browser":
    """One that sends reports too, which a headless one does not. To be closed."""
    return _launched(beside.browser_type, *WHOLE)


def _launched(chromium: "BrowserType", *names: str) -> "Browser":
    executable = next(filter(None, map(shutil.which, names)), None)
    if not executable:
        raise NotReady(f"Aucun navigateur ({', '.join(names)}) : apt-get install chromium")
    return chromium.launch(executable_path=executable, args=BROWSER_OPTIONS)


def _manage(start: Path, command: str) -> None:
    """With the secret of the server: what it seals here, the server opens."""
    _run(sys.executable, "manage.py", *command.split(), DEBUG="true", SECRET_KEY=SECRET_KEY, **_own(start))


def _run(*command: str | Path, **environment: str) -> None:
    done = subprocess.run(  # noqa: S603 – our own commands
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotReady(f"{' '.join(map(str, command))} : {done.stderr}")


def _database(directory: Path) -> dict[str, str]:
    return {**HERE_ALONE, "DATABASE_URL": f"sqlite:///{directory / DATABASE}"}


def _own(start: Path) -> dict[str, str]:
    """The static files too: two trials that start together would write over one another's."""
    return {
        **_database(start),
        "DJANGO_SETTINGS_MODULE": "passplus.trial_settings",
        "TRIAL_STATIC": str(start / "static"),
    }


def _production(address: str, start: Path, directory: Path) -> dict[str, str]:
    return {
        "DEBUG": "false",
        "SECRET_KEY": SECRET_KEY,
        "SITE_URL": address,
        "SECURE_PROXY": "false",
        # The fourth slash is the root: what follows the third is a relative path.
        "EMAIL_URL": f"filemail:///{directory / 'mail'}",
        "WEB_CONCURRENCY": "1",
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        # Nothing leaves the trial, not even for a map.
        "MAP_TILES": "false",
        **_own(start),
        **_database(directory),
    }


def wait_for(address: str, certificate: Path) -> None:
    """The first answer comes when the first worker is ready, for the door was open before it."""
    trusted = ssl.create_default_context(cafile=certificate)
    host, port = address.removeprefix("https://").split(":")
    connection = http.client.HTTPSConnection(host, int(port), context=trusted, timeout=PATIENCE)
    try:
        connection.request("GET", "/accueil/")
        status = connection.getresponse().status
    except OSError as silence:
        raise NotReady("Le serveur d’essai ne répond pas ; son message est ci-dessus.") from silence
    finally:
        connection.close()
    if status != http.HTTPStatus.OK:
        raise NotReady(f"Le serveur d’essai répond {status} ; son message est ci-dessus.")
