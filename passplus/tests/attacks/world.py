"""A family, those around it, agents; and where each address of the resolver leads in their world."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from post_office.models import STATUS

from accounts import email_change, links
from accounts import services as accounts
from accounts.audit import Action, AuditEntry, subject_key
from accounts.links import Channel
from accounts.models import Beneficiary, Guardianship, Telephone, User
from accounts.security_log import Event, Reading, SecurityEvent
from accounts.tests.factories import make_beneficiary, make_telephone, make_user
from backoffice import roles
from backoffice.models import Import, Sort
from content.models import HelpTopic, Page
from content.tests.factories import make_article, make_topic
from core.models import OutgoingMail, PreparedFile
from core.models import Stage as Making
from partners.models import Suggestion
from partners.tests.factories import make_offer
from passplus.tests.test_house import routes
from tickets.models import Ticket
from tickets.reminders import token_for
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_campaign, make_wallet

from . import rights

# Hers alone: where it stands on a page, that page is about her.
FIRST_NAME, LAST_NAME = "Zénaïde-Secrète", "DE L’ATTAQUE"


@dataclass
class World:
    people: dict[str, User]
    child: Beneficiary
    ticket: Ticket
    rows: dict[str, Any]
    # To make one takes as long as to answer a small page.
    known: dict[str, str] = field(default_factory=dict)

    def address(self, route: str) -> str:
        """A real one: whoever may gets an answer."""
        if route not in self.known:
            self.known[route] = self._special(route) or self._plain(route)
        return self.known[route]

    def _plain(self, route: str) -> str:
        path = route
        model = route.removeprefix("admin/").split("/<path:")[0]
        for name, value in {
            "<public_id:public_id>": self.child.public_id,
            "<number:campaign_id>": self.ticket.wallet.campaign_id,
            "<number:wallet_id>": self.ticket.wallet_id,
            "<number:partner_id>": self.rows["partners/partner"].pk,
            "<number:number>": self.ticket.number,
            "<uuid:key>": self.ticket.order_id,
            "<slug:slug>": self.rows["content/article"].slug,
            "<path:object_id>": self.rows[model].pk if model in self.rows else "",
            "<str:kind>": "csv",
            "<str:sort>": "eleves",
            "<str:model>": "import",
            "<path:rest>": "add/",
        }.items():
            path = path.replace(name, str(value))
        assert not {"<", "("} & set(path), f"no address is known for {route}"
        query = f"?ticket={self.ticket.number}" if path.endswith("/impression/") else ""
        return f"/{path}{query}"

    def _special(self, route: str) -> str | None:
        """Of those that take more than a row of the world."""
        newcomer, guardian = self.rows["newcomer"], self.people[rights.GUARDIAN]
        article = self.rows["content/article"]
        kind = ContentType.objects.get_for_model(article)
        paths = {
            "accueil/premiere-connexion/<str:username>/<str:code>/": links.access_path(
                newcomer, Channel.HAND
            ),
            "accueil/nouveau-mot-de-passe/<uidb64>/<token>/": links.password_path(newcomer, Channel.HAND),
            "mon-compte/e-mail/<str:token>/": email_change.confirm_path(self.rows["email change"]),
            "mon-compte/e-mail/ce-n-est-pas-moi/<str:token>/": email_change.refuse_path(
                self.rows["email change"]
            ),
            "rappels/<str:token>/": reverse("tickets:stop_reminders", args=[token_for(guardian)]),
            "T/<str:code>/": reverse("tickets:scan", args=[self.ticket.code]),
            "admin/autocomplete/": "/admin/autocomplete/?app_label=accounts&model_name=beneficiary"
            "&field_name=school",
            "admin/r/<path:content_type_id>/<path:object_id>/": f"/admin/r/{kind.pk}/{article.pk}/",
            "admin/(?P<url>.*)$": "/admin/nulle-part/",
            "admin/^<app_label>/$": "/admin/tickets/",
        }
        return paths.get(route)

    @property
    def email_token(self) -> str:
        return email_change.confirm_path(self.rows["email change"]).split("/")[-2]

    def client(self, persona: str) -> Client:
        """In whose browser; the agents have given their second factor, but for one."""
        client = Client(raise_request_exception=False)
        if persona == rights.ANONYMOUS:
            return client
        user = self.people[persona]
        client.force_login(user)
        if persona in rights.AGENTS:
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = Telephone.objects.get(user=user).persistent_id
            session.save()
        # Not the first visit, which is noted: else each of a thousand pages, taken back, would note it anew.
        client.head("/")
        return client


# What a form needs for its answer not to be « not found ».
POSITION = {"latitude": "48.75", "longitude": "2.3"}
KEY = {"key": str(uuid.UUID(int=7))}
SENT: dict[str, dict[str, str]] = {
    "partenaires/": POSITION,
    "partenaires/carte/": POSITION,
    f"{rights.ORDER}papier/": KEY,
    f"{rights.ORDER}papier/<number:wallet_id>/": KEY,
    f"{rights.ORDER}organisme/<number:partner_id>/<number:wallet_id>/": KEY,
}
# What is no form.
SENT_AS = {"violations/": ("application/csp-report", '{"csp-report": {}}')}


def build() -> World:
    people = {
        persona: make_user(f"persona{number}") for number, persona in enumerate(sorted(rights.FAMILIES))
    }
    guardians = [people[rights.GUARDIAN], people[rights.SECOND_GUARDIAN]]
    former = people[rights.FORMER_GUARDIAN]
    names = {"first_name": FIRST_NAME, "last_name": LAST_NAME}
    child = make_beneficiary(*guardians, former, user=people[rights.CHILD], **names)
    Guardianship.objects.filter(user=former).delete()
    make_beneficiary(*guardians, user=people[rights.SIBLING], first_name="Lucien")
    neighbour = make_beneficiary(people[rights.STRANGER], first_name="Maël")
    make_ticket(wallet=make_wallet(beneficiary=neighbour))
    people |= _agents()
    offer = make_offer()
    campaign = make_campaign()
    make_wallet(kind=Kind.SPORT, beneficiary=child, campaign=campaign)
    wallet = make_wallet(beneficiary=child, campaign=campaign)
    ticket = make_ticket("50", wallet=wallet, offer=offer, actor=people[rights.GUARDIAN])
    [newcomer] = accounts.new_access_codes(user_ids=[make_user("nouvelle", password=None).pk])
    asked = email_change.ask(user_id=people[rights.GUARDIAN].pk, address="autre@famille.example")
    rows = _rows(child, ticket, people) | {"newcomer": newcomer, "email change": asked}
    return World(people, child, ticket, rows)


def _agents() -> dict[str, User]:
    agents: dict[str, User] = {}
    for role in roles.ROLES:
        agent = make_user(f"agent-{len(agents)}", is_staff=True)
        agent.groups.add(Group.objects.get(name=role))
        make_telephone(agent)
        agents[role] = agent
    half = make_user("agent-demi", is_staff=True, is_superuser=True)
    make_telephone(half)
    return agents | {rights.HALF_AGENT: half}


def _rows(child: Beneficiary, ticket: Ticket, people: dict[str, User]) -> dict[str, Any]:
    """One of each model of the administration, hers if it is somebody's."""
    guardian, offer = people[rights.GUARDIAN], ticket.offer
    assert offer
    return {
        "accounts/user": guardian,
        "accounts/beneficiary": child,
        "accounts/school": child.school,
        "accounts/auditentry": AuditEntry.objects.create(
            action=Action.CORRECTION, subject="x", subject_key="x 1", reason="x"
        ),
        "accounts/securityevent": SecurityEvent.objects.create(
            kind=Event.SIGN_IN_FAILED, account_digest="0" * 64, user=guardian, hour=timezone.now()
        ),
        "accounts/reading": Reading.objects.create(
            agent=guardian, subject_key=subject_key(child), day=timezone.localdate()
        ),
        "wallets/campaign": ticket.wallet.campaign,
        "wallets/wallet": ticket.wallet,
        "wallets/entry": ticket.entry,
        "tickets/ticket": ticket,
        "partners/partner": offer.partner,
        "partners/offer": offer,
        "partners/activity": offer.activity,
        "partners/commune": offer.partner.commune,
        "partners/suggestion": Suggestion.objects.create(name="Échecs", commune=offer.partner.commune),
        "content/article": make_article(),
        "content/helptopic": HelpTopic.objects.first() or make_topic("Pourquoi ?"),
        "content/page": Page.objects.first(),
        "core/outgoingmail": OutgoingMail.objects.create(
            from_email="x@x.example", to="x@x.example", status=STATUS.queued
        ),
        "backoffice/import": Import.objects.create(
            sort=Sort.ROSTER, name="x.csv", content=b"", owner=guardian
        ),
        "core/preparedfile": PreparedFile.objects.create(
            owner=people[rights.MANAGER], name="tickets.csv", content_type="text/csv", stage=Making.READY
        ),
    }


def every_route() -> list[str]:
    return [route for route, _ in every_pattern()]


def every_pattern() -> list[tuple[str, URLPattern]]:
    """From the resolver itself, so that a new page cannot be forgotten."""
    resolver: URLResolver = get_resolver()
    return list(routes(resolver))


def body_of(response: Any) -> bytes:
    """Of a file too, which is closed; `response.close()` would close the database with it."""
    if not response.streaming:
        return bytes(response.content)
    body = b"".join(response)
    for close in response._resource_closers:
        close()
    return body


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done in between is taken back. No `atomic`: what is durable would refuse to be in it."""
    here = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(here)


@contextmanager
def unasked() -> Iterator[None]:
    """Whoever asks the database in between breaks down."""

    def refuse(_: object, sql: str, *__: object) -> None:
        raise AssertionError(sql)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that were written to, but for those that only count and remember."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        verb, _, what = sql.partition('"')
        table = what.partition('"')[0]
        if verb.strip() in {"INSERT INTO", "UPDATE", "DELETE FROM"} and table not in NOTES:
            written.append(table)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written


NOTES = {"accounts_attempts", "accounts_reading", "accounts_securityevent", "django_session"}
