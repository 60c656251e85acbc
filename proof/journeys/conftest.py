"""A browser, and for each journey a server of its own with the demonstration data (demo/trial.py)."""

import fcntl
import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

from demo import trial

from .kept_server import KeptServer, kept_server
from .shell import shell

# A machine that also draws PDFs and hashes passwords may be slow; a page that never comes is still seen.
PATIENCE = 30_000
# What Chromium shows a PDF with.
OF_ITS_OWN = ("chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/", "chrome://resources/")
METRICS_TOKEN = "of-no-use-outside-the-tests"
# What is used by night is held from payment, and journeys run by night too.
AT_ANY_HOUR = (
    "from payments.models import Rules; Rules.objects.update_or_create(pk=1, defaults={'night_until': 0})"
)
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Prepared once, whichever of the processes that run the journeys comes first."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "start"
    with said_clearly(), shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            trial.prepare(shared)
            shell(shared, AT_ANY_HOUR)
    return shared


@pytest.fixture(scope="session")
def start(prepared: Path) -> Path:
    """What the site of a journey is a copy of."""
    return prepared


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with said_clearly(), trial.chromium() as chromium:
        yield chromium


@pytest.fixture
def whole_browser(browser: Browser) -> Iterator[Browser]:
    with said_clearly(), trial.whole_browser(browser) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def served() -> Iterator[list[Path]]:
    """Where each journey's site was: once all are over, their ledgers are true."""
    directories: list[Path] = []
    yield directories
    with said_clearly():
        trial.check_ledgers(*directories)


@pytest.fixture(scope="session")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptServer]:
    with said_clearly(), kept_server(prepared, tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def site(server: KeptServer, start: Path, tmp_path: Path, served: list[Path]) -> Iterator[str]:
    with said_clearly(), server.serve(start, tmp_path) as address:
        yield address
    served.append(tmp_path)


@pytest.fixture
def worker(server: KeptServer, site: str, start: Path) -> Iterator[None]:
    """Most journeys need none, and it takes seconds to begin."""
    with trial.works(start, server.directory, site):
        yield


@pytest.fixture
def mailbox(server: KeptServer, worker: None) -> Path:
    """The directory that receives the e-mails."""
    return server.directory / "mail"


@dataclass(frozen=True)
class FullHouse:
    """A server for those who only look, where there is something to see (demo/tests/full_house.py)."""

    site: str
    mailbox: Path
    starts: dict[str, list[str]]


@pytest.fixture(scope="session")
def full_house(
    start: Path, tmp_path_factory: pytest.TempPathFactory, served: list[Path]
) -> Iterator[FullHouse]:
    furnished = tmp_path_factory.mktemp("furnished")
    shutil.copytree(start, furnished, dirs_exist_ok=True)
    furnish = "import json; from demo.tests.full_house import furnish; print(json.dumps(furnish()))"
    starts = json.loads(shell(furnished, furnish))
    directory = tmp_path_factory.mktemp("full-house")
    with (
        said_clearly(),
        trial.serve(furnished, directory, METRICS_TOKEN=METRICS_TOKEN) as address,
        trial.works(furnished, directory, address),
    ):
        yield FullHouse(address, directory / "mail", starts)
    served.append(directory)


class Visitors:
    """Calling it opens the browser of one more person. Whatever goes wrong in any of them is noted."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.troubles: list[str] = []
        self._browser = browser
        self._site = site
        self._contexts: list[BrowserContext] = []

    def __call__(
        self,
        *,
        javascript: bool = True,
        offline: bool = False,
        width: int = 1280,
        refusals: Collection[int] = (),
    ) -> Page:
        """`refusals`: statuses from 400 up, asked for on purpose. `offline`: with the service worker."""
        context = self._browser.new_context(
            base_url=self._site,
            # The certificate was made for this one run.
            ignore_https_errors=True,
            java_script_enabled=javascript,
            # It would stand between the page and the wire, where a test listens.
            service_workers="allow" if offline else "block",
            viewport={"width": width, "height": 800},
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note_if_elsewhere)
        context.on("requestfailed", self._note_if_failed)
        context.on("response", lambda response: self._note_if_refused(response, refusals))
        context.on("console", self._note_if_wrong)
        context.on("weberror", lambda error: self.troubles.append(f"exception: {error.error}"))
        self._contexts.append(context)
        return context.new_page()

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def _note_if_elsewhere(self, request: Request) -> None:
        if not request.url.startswith((f"{self._site}/", "data:", *OF_ITS_OWN)):
            self.troubles.append(f"left the site: {request.url}")

    def _note_if_failed(self, request: Request) -> None:
        # A page or a picture that the visitor's next click overtook is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.failure}: {request.url}")

    def _note_if_refused(self, response: Response, refusals: Collection[int]) -> None:
        if response.status >= 400 and response.status not in refusals:
            self.troubles.append(f"{response.status}: {response.url}")

    def _note_if_wrong(self, message: ConsoleMessage) -> None:
        """Script errors and what the CSP held back; a status is judged where it arrives."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visitors]:
    visitors = Visitors(browser, site)
    yield visitors
    visitors.leave()
    assert visitors.troubles == []


@pytest.fixture
def look(browser: Browser, full_house: FullHouse) -> Iterator[Visitors]:
    """Like `visit`, in the full house."""
    visitors = Visitors(browser, full_house.site)
    yield visitors
    visitors.leave()
    assert visitors.troubles == []


@contextmanager
def said_clearly() -> Iterator[None]:
    try:
        yield
    except trial.NotReady as reason:
        raise pytest.fail.Exception(str(reason), pytrace=False) from None
