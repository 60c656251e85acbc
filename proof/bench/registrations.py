"""Row 18: a morning of June in a quarter of an hour, of families who are in no list.

Each asks for a link, makes an account by it, adds a child with the photograph of a paper, and looks what
becomes of it. They come at random, so many a second; links and notices leave, and papers are read, meanwhile.
"""

import io
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from random import Random

import psycopg
import requests
from PIL import Image

from proof.servers.browser import address
from proof.servers.servers import HOST, PATIENCE, background

from . import mailbox
from .september import Load, Served
from .stage import Stage
from .table import Bar, Row, shown

SIGN_UP = "/accueil/pas-encore-inscrit/"
ENROL = "/inscriptions/nouvelle/"
PASSWORD = "trois mots bien choisis"  # noqa: S105 – of accounts of the bench
ON_THE_WAY = 300
SEED = 18
# No family of the other rows has these networks.
NETWORK = 100_000
# What a telephone makes of a sheet of paper: twelve megapixels.
PIXELS = (4000, 3000)
WAITING = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY' AND queue_name = %s"
SENT = "SELECT count(*) FROM applications_application WHERE kind = 'enrolment'"


class Links:
    """What arrives in the mailbox, by address."""

    def __init__(self, file: Path) -> None:
        self._file, self._read, self._found = file, 0, dict[str, str]()
        self._lock = threading.Lock()
        file.touch()

    def wait_for(self, email: str) -> str:
        """Raises TimeoutError."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with self._lock:
                self._look()
            if email in self._found:
                return self._found[email]
            time.sleep(0.5)
        raise TimeoutError(email)

    def _look(self) -> None:
        with self._file.open() as file:
            file.seek(self._read)
            new = file.read()
        whole = new[: new.rfind("\n") + 1]
        self._read += len(whole)
        for _, to, path in map(str.split, whole.splitlines()):
            self._found.setdefault(to, path)


class Family:
    def __init__(self, port: int, number: int, links: Links, paper: bytes) -> None:
        self.site, self.links, self.paper = f"http://{HOST}:{port}", links, paper
        self.name = "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()
        self.email = f"{self.name.lower()}@famille.example"
        self.served: list[Served] = []
        self._session = requests.Session()
        self._session.headers["X-Forwarded-For"] = address(NETWORK + number)

    def register(self) -> list[Served]:
        """What it waited for, until the first thing that went wrong."""
        try:
            self._make_an_account()
            self._enrol()
        except _NotServed as trouble:
            self.served.append(trouble.served)
        except TimeoutError:
            self.served.append(Served("le lien", 1000 * PATIENCE, "n’arrive pas"))
        self._session.close()
        return self.served

    def _make_an_account(self) -> None:
        self._open("la page", SIGN_UP)
        self._send("l’adresse", SIGN_UP, f"{SIGN_UP}envoye/", {"email": self.email})
        link = self.links.wait_for(self.email)
        # Meanwhile the server has closed the connection, or is about to: a browser would open another.
        self._session.close()
        self._open("le lien", link)
        names = {"first_name": "Anne", "last_name": self.name, "phone": ""}
        passwords = {"new_password1": PASSWORD, "new_password2": PASSWORD}
        self._send("le compte", link, "/", names | passwords)

    def _enrol(self) -> None:
        form = self._open("la page d’un enfant", ENROL).text
        child = {"first_name": "Zoé", "last_name": self.name, "birth_year": "2014", "grade": "6"}
        chosen = {name: _first_choice(form, name) for name in ("school", "insee_code")}
        files = {"papers": ("papier.jpg", self.paper, "image/jpeg")}
        sent = self._send(
            "l’enfant et son papier", ENROL, "/inscriptions/", child | chosen | _key(form), files
        )
        self._open("le suivi", sent.headers["Location"])

    def _open(self, wanted: str, path: str) -> requests.Response:
        return self._ask(wanted, "GET", path, 200)

    def _send(
        self,
        wanted: str,
        path: str,
        leads_to: str,
        fields: dict[str, str],
        files: dict[str, tuple[str, bytes, str]] | None = None,
    ) -> requests.Response:
        fields |= {"csrfmiddlewaretoken": self._session.cookies["csrftoken"] or ""}
        response = self._ask(wanted, "POST", path, 302, data=fields, files=files)
        if leads_to not in response.headers["Location"]:
            raise _NotServed(Served(wanted, 0, f"mène à {response.headers['Location']}"))
        return response

    def _ask(self, wanted: str, method: str, path: str, expected: int, **sent: object) -> requests.Response:
        start = time.perf_counter()
        try:
            response = self._session.request(
                method,
                self.site + path,
                allow_redirects=False,
                timeout=PATIENCE,
                **sent,  # type: ignore[arg-type]
            )
        except requests.RequestException as trouble:
            raise _NotServed(Served(wanted, _since(start), repr(trouble))) from trouble
        if response.status_code != expected:
            raise _NotServed(Served(wanted, _since(start), str(response.status_code)))
        self.served.append(Served(wanted, _since(start), ""))
        return response


class _NotServed(Exception):
    def __init__(self, served: Served) -> None:
        self.served = served
        super().__init__(served.wrong)


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def _first_choice(form: str, name: str) -> str:
    [first, *_] = re.findall(rf'<select name="{name}".*?<option value="([^"]+)"', form, re.DOTALL)
    return str(first)


def _key(form: str) -> dict[str, str]:
    return {"key": re.findall(r'name="key" value="([^"]+)"', form)[0]}


def _photograph() -> bytes:
    content = io.BytesIO()
    Image.effect_noise(PIXELS, 12).save(content, "JPEG", quality=85)
    return content.getvalue()


def rows(stage: Stage) -> Iterator[Row]:
    file = stage.directory / "mailbox-18"
    env = stage.env | {mailbox.FILE: str(file), "DJANGO_SETTINGS_MODULE": "proof.bench.queue_settings"}
    mail, files = (
        ("manage.py", "run_tasks", "--queue", queue, "--every", "1") for queue in ("mail", "files")
    )
    before = _count(stage, SENT)
    with background(*mail, env=env), background(*files, env=env):
        load = _morning(stage, Links(file))
        waiting, received = _count(stage, WAITING, "files"), _count(stage, SENT) - before
    number, rate = stage.scale.registrations
    wrong = load.wrong
    yield Row(
        18,
        f"{shown(number)} inscriptions, {shown(rate)} par seconde : p99 de leurs pages",
        load.p99,
        "ms",
        bar=Bar(1000, "ms"),
        ours=f"{load} · {shown(received)} reçues, {shown(waiting)} papiers pas encore lus",
        errors=len(wrong),
        example=next(iter(wrong), ""),
        rounds={"loads": [load.kept]},
    )


def _morning(stage: Stage, links: Links) -> Load:
    number, rate = stage.scale.registrations
    paper, rng = _photograph(), Random(SEED)  # noqa: S311 – when families come is no secret
    coming: list[Future[list[Served]]] = []
    with ThreadPoolExecutor(ON_THE_WAY) as people:
        start = due = time.perf_counter()
        for each in range(number):
            due += rng.expovariate(rate)
            time.sleep(max(0.0, due - time.perf_counter()))
            coming.append(people.submit(Family(stage.app.port, each, links, paper).register))
        served = [one for family in coming for one in family.result()]
    return Load(len(served) / (time.perf_counter() - start), served)


def _count(stage: Stage, what: str, *parameters: str) -> int:
    with psycopg.connect(stage.env["DATABASE_URL"]) as connection:
        [count] = connection.execute(what, parameters).fetchone() or [0]
    return int(count)
