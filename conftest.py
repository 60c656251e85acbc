"""What every test has."""

import gc
import io
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import Any, NoReturn, cast

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import IntegrityError, connection, connections, transaction
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.backends.jinja2 import Template as JinjaTemplate
from django.test import Client, override_settings
from django.test.signals import template_rendered
from django_otp import DEVICE_ID_SESSION_KEY
from jinja2 import StrictUndefined

from accounts.models import User
from accounts.tests.factories import make_agent, make_telephone
from core import compiled_query, phonetics
from core.tests.databases import address
from core.tests.refused import follow_refusals
from passplus.jinja import pages
from payments.anomalies import Examination
from proof.servers import tables
from proof.servers.servers import environment
from wallets.tests.unguarded import no_lock, patience

APPEND_ONLY = ("wallets_entry", "accounts_auditentry")
# What is in them follows from the models alone.
OF_THE_MODELS = {"django_content_type", "auth_permission"}
IS_NIGHT = Examination.is_night


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """The database of each process is made with its tables in it: Django has nothing left to migrate."""
    creation: Any = connection.creation
    create = creation._create_test_db

    def with_tables(verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = create(verbosity, autoclobber, keepdb)
        if not keepdb:
            tables.copy(environment(address(name)))
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "_create_test_db", with_tables)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """After a test of several connections all is emptied at once, which the ledger and the journal refuse."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for table in APPEND_ONLY:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_is_not_truncated ON {table}")


def _tables_to_empty(style: Any, connection: Any, **how: Any) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    emptied: list[str] = connection.ops.sql_flush(
        style, [it for it in tables if it not in OF_THE_MODELS], **how
    )
    return emptied


@pytest.fixture(autouse=True, scope="session")
def _rights_stay() -> Iterator[None]:
    """After a test of several connections Django empties all tables, then makes these rows anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", _tables_to_empty)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_and_plain() -> Iterator[None]:
    """A hash that costs nothing, files that need no manifest, and http instead of https."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=settings.STORAGES | {"staticfiles": static},
        SECURE_SSL_REDIRECT=False,
        # Else each test client would list all the static files first.
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


class _Unknown(str):
    """What Django's templates show of a name that they do not know."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> NoReturn:
        raise pytest.fail.Exception(f"a template does not know {name}")


@pytest.fixture(autouse=True, scope="session")
def _templates_looked_into() -> Iterator[None]:
    """A name that a template does not know fails the test; what it was given is in `response.context`."""
    pages().undefined = StrictUndefined
    cast(DjangoTemplates, engines["django"]).engine.string_if_invalid = _Unknown()
    render = JinjaTemplate.render

    def told(template: Any, context: Any = None, request: Any = None) -> Any:
        known = {} if context is None else context
        drawn = render(template, known, request)
        # With what the context processors added.
        template_rendered.send(template, template=template, context=known)
        return drawn

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JinjaTemplate, "render", told)
        yield


@pytest.fixture(autouse=True, scope="session")
def _refused_forms_followed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        follow_refusals(patch)
        yield


@pytest.fixture(autouse=True)
def _names_read_again() -> None:
    """Those of another test are nobody's."""
    phonetics.forget()


def _not_understood(trouble: Exception) -> NoReturn:
    raise trouble


@pytest.fixture(autouse=True, scope="session")
def _queries_compiled() -> Iterator[None]:
    """The queryset itself answers in production alone, should a later Django not understand one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled_query, "_tell_once", _not_understood)
        yield


@pytest.fixture(autouse=True, scope="session")
def _paid_at_any_hour() -> Iterator[None]:
    """What is used by night is held from payment, and tests run by night too; a world is built in one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Examination, "is_night", lambda _self, _moment: False)
        yield


@pytest.fixture
def nights(_paid_at_any_hour: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held again, as in production."""
    monkeypatch.setattr(Examination, "is_night", IS_NIGHT)


@pytest.fixture
def refused_by(db: None) -> Callable[[str], AbstractContextManager[None]]:
    """`with refused_by("wallets_wallet_once"):` expects that very constraint, on both databases."""

    @contextmanager
    def expect(name: str) -> Iterator[None]:
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            yield
        assert _constraint_of(refusal.value) == name

    return expect


def _constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that was violated.

    SQLite names CHECKs and indexes, but of a UNIQUE constraint it names the columns, so its
    name is looked up; one that has no name in the models is called as PostgreSQL would.
    """
    if connection.vendor == "postgresql":
        name: str | None = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
        return name
    kind, _, what = str(error).partition(" constraint failed: ")
    if kind != "UNIQUE" or what.startswith("index "):
        return what.removeprefix("index ").strip("'")
    table = what.partition(".")[0]
    columns = [column.partition(".")[2] for column in what.split(", ")]
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    for name, facts in constraints.items():
        if facts["columns"] == columns and facts["primary_key"]:
            return f"{table}_pkey"
        if facts["columns"] == columns and facts["unique"] and not name.startswith(("__", "sqlite_")):
            return name
    return f"{table}_{'_'.join(columns)}_key"


@pytest.fixture
def enter(client: Client) -> Callable[[User], Client]:
    """`enter(agent)`: come into the administration, the second factor given."""

    def give(agent: User) -> Client:
        client.force_login(agent)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = make_telephone(agent).persistent_id
        session.save()
        return client

    return give


@pytest.fixture
def at_once(transactional_db: None) -> Callable[..., list[str]]:
    """Run each call in a thread, with a connection of its own; return what came of each, sorted.

    What came of a call is the name of its exception, or « done ».
    """

    def run(*calls: Callable[[], object]) -> list[str]:
        outcomes: list[str] = []

        def attempt(call: Callable[[], object]) -> None:
            try:
                call()
            except Exception as refusal:  # noqa: BLE001 – it is the result
                outcomes.append(type(refusal).__name__)
            else:
                outcomes.append("done")
            finally:
                connections.close_all()

        threads = [threading.Thread(target=attempt, args=[call]) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return sorted(outcomes)

    return run


@pytest.fixture
def meeting_before(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`meeting_before(WalletQuerySet, "update")`: whoever is about to write waits a second for the other.

    So both have read before either writes, if nothing keeps the second one from reading. `sure`: nothing
    does, and they wait for as long as a busy machine takes.
    """

    def arrange(owner: type, method: str, *, sure: bool = False) -> None:
        meeting = threading.Barrier(2, timeout=patience() if sure else 1)
        original = getattr(owner, method)

        def wait_then_go_on(*args: Any, **kwargs: Any) -> Any:
            with suppress(threading.BrokenBarrierError):
                meeting.wait()
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, method, wait_then_go_on)

    return arrange


@pytest.fixture
def without_lock() -> Iterator[Callable[[], None]]:
    """The control of a race: called, it takes the lock away until the end of the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(no_lock())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """`written()`: the lines of the console until now, as production writes them.

    Without the folder of the clone, which may have somebody's name.
    """
    [console] = [it for it in logging.getLogger().handlers if type(it) is logging.StreamHandler]
    stream = io.StringIO()
    monkeypatch.setattr(console, "stream", stream)
    return lambda: stream.getvalue().replace(f"{settings.BASE_DIR}/", "")


@pytest.fixture
def agent(enter: Callable[[User], Client]) -> User:
    """A « gestionnaire », in the administration."""
    agent = make_agent()
    enter(agent)
    return agent


def pytest_collection_finish() -> None:
    """What the tests are made of stays: the collector need not look through it at each of its rounds."""
    gc.collect()
    gc.freeze()
