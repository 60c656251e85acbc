"""Every component in every state, at /galerie/ while developing: what is drawn here cannot rot unseen.

Nothing comes from the database: the people, the wallets and the tickets are made up in memory.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.backends.jinja2 import Jinja2 as JinjaTemplates
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from accounts.forms import ActivationForm
from accounts.models import Beneficiary, User
from core.money import NBSP
from partners.models import Activity, Commune, Offer, Offered, Partner
from tickets.forms import paper_options
from tickets.models import State, Ticket
from wallets.forms import AmountField
from wallets.models import Campaign, Kind, LateCancellation, Wallet

# The context of a component, by the name of its state.
States = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Specimen:
    """One component in one state."""

    component: str
    state: str
    context: dict[str, Any]

    @property
    def html(self) -> SafeString:
        """A component is the macro of its file, which bears its name."""
        file = cast(JinjaTemplates, engines["jinja2"]).env.get_template(f"components/{self.component}.html")
        drawn: str = getattr(file.module, self.component)(**self.context)
        return mark_safe(drawn)  # noqa: S308 – escaped by it


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", {"specimens": list(specimens())})


def specimens() -> Iterator[Specimen]:
    """All of them; those of one component follow each other."""
    groups: dict[str, States] = {
        "page_header": _headers(),
        "main_menu": _menus(),
        "connected_as": _names(),
        "logo": {"": {"brand": settings.BRAND}},
        "authority": {"": {"brand": settings.BRAND}},
        "page_footer": {"": {"brand": settings.BRAND}},
        "message_region": _messages(),
        "error_summary": {
            "trois erreurs": {"form": Fields({})},
            "sans erreur": {"form": Fields()},
        },
        "form_field": _fields(),
        "option_radio": _options(),
        "wallet_card": _wallets(),
        "wallet_line": _wallet_lines(),
        "no_wallet": {"": {"brand": settings.BRAND}},
        "ticket_card": _tickets(),
        "ticket_line": _rows(),
        "ticket_fan": {"": {}},
        "qr_figure": {"": {"ticket": ticket(200)}},
        "state_badge": {state.label: {"state": state} for state in State},
        "cancel_link": _cancel_links(),
        "statement_row": _rows(),
        "partner_card": _partners(),
        "pager": _pagers(),
        "pager_post": _post_pagers(),
        "help_line": {"": {"brand": settings.BRAND}},
        "phone_link": {"": {"brand": settings.BRAND}},
        "code_form": {"": {"form": ActivationForm(), "csrf_input": ""}},
        "username_field": {"": {"username": "garance.test"}},
        "calendar_link": {"": {"beneficiary": GARANCE}},
        "spend_all": _spend_all(),
        "session_end": {"": _session_end()},
        "faq_topic": _topics(),
        "guide_screen": {"": {"name": "guide/accueil.webp", "shows": "La page de connexion"}},
    }
    for component, states in groups.items():
        for state, context in states.items():
            yield Specimen(component, state, context)


# --- People and things -------------------------------------------------------------------------

GARANCE = Beneficiary(public_id="0000000001", first_name="Garance", last_name="TEST CD 92", birth_year=2013)
LONG_NAMED = Beneficiary(
    public_id="0000000002",
    first_name="Marie-Emmanuelle Anne-Charlotte",
    last_name="DE LA ROCHEFOUCAULD-MONTMORENCY VAN DEN BROECKE",
    birth_year=2014,
)


def campaign(*, years_ago: int = 0, **fields: Any) -> Campaign:
    """A school year that contains today, or an earlier one."""
    day = timezone.localdate() - dt.timedelta(days=365 * years_ago)
    fields = {
        "name": f"{day.year}-{day.year + 1}",
        "opens_on": day - dt.timedelta(days=60),
        "last_ticket_on": day + dt.timedelta(days=200),
        "last_cancellation_on": day + dt.timedelta(days=230),
        "last_validation_on": day + dt.timedelta(days=300),
    } | fields
    return Campaign(**fields)


def wallet(kind: Kind, balance: str, granted: str = "60.00", **fields: Any) -> Wallet:
    purse = Wallet(pk=1, kind=kind, balance=Decimal(balance), campaign=fields.pop("campaign", campaign()))
    purse.granted = Decimal(granted)
    return purse


def offer(name: str = "MAITRISE STE MARIE D ANTONY", activity: str = "Chant choral") -> Offer:
    town = Commune(insee_code="92002", name="Antony", postcode="92160")
    return Offer(
        kind=Kind.CULTURE, activity=Activity(name=activity), partner=Partner(pk=1, name=name, commune=town)
    )


def ticket(number: int, **fields: Any) -> Ticket:
    fields = {
        "wallet": wallet(Kind.CULTURE, "10.00"),
        "offer": offer(),
        "amount": Decimal("50.00"),
        "code": "0123456789AB7",
        "used_at": timezone.now(),
        "cancelled_at": timezone.now(),
    } | fields
    return Ticket(number=number, **fields)


def partner(name: str, offers: list[tuple[str, Kind]], **fields: Any) -> Partner:
    found = Partner(pk=1, name=name, commune=Commune(name="Antony"), postcode="92160", **fields)
    found.offered = [Offered(kind, activity) for activity, kind in offers]
    return found


class Fields(forms.Form):
    """One field of each kind that the service uses."""

    text = forms.CharField(label="Identifiant", error_messages={"required": "Saisissez votre identifiant."})
    amount = AmountField(label=f"Montant du ticket{NBSP}:", help_text="Au moins 1,00 €.")
    choice = forms.ChoiceField(
        label=f"Activité{NBSP}:",
        choices=[("", "Choisissez l’activité"), ("1", "Chant choral")],
        error_messages={"required": "Choisissez l’activité."},
    )
    waiting = forms.ChoiceField(
        label="Nom de l’organisme (en attente des deux autres choix)",
        required=False,
        disabled=True,
        choices=[("", "Choisissez l’organisme")],
    )
    way = forms.ChoiceField(
        label=f"Type de ticket{NBSP}:",
        widget=forms.RadioSelect,
        choices=[("affecte", "Je connais l’organisme"), ("papier", "Je verrai plus tard")],
        error_messages={"required": "Cochez l’une des deux."},
    )
    remember = forms.BooleanField(
        label="Restez connecté",
        help_text="Pendant 30 jours. Pas sur un ordinateur partagé.",
        error_messages={"required": "Cochez cette case."},
    )


# --- The states of each component --------------------------------------------------------------


def _frame(
    *children: Beneficiary, child: Beneficiary | None = None, is_parent: bool = False
) -> SimpleNamespace:
    return SimpleNamespace(
        path="/loisirs/",
        here="tickets:statement",
        children=children,
        child=child,
        menu_child=child,
        is_parent=is_parent,
    )


def _visitors() -> dict[str, tuple[Any, SimpleNamespace]]:
    """Who may look at a page: the user, and the frame that goes with it."""
    someone = User(username="parent.test", first_name="Camille", last_name="TEST CD 92")
    family = [GARANCE, LONG_NAMED]
    return {
        "visiteur": (AnonymousUser(), _frame()),
        "enfant": (someone, _frame(GARANCE, child=GARANCE)),
        "parent": (someone, _frame(*family, is_parent=True)),
        "parent, nom long": (someone, _frame(*family, child=LONG_NAMED, is_parent=True)),
    }


def _framed() -> States:
    return {
        who: {"user": user, "frame": frame, "brand": settings.BRAND, "csrf_input": ""}
        for who, (user, frame) in _visitors().items()
    }


_headers = _menus = _framed


def _names() -> States:
    return {
        who: {"user": user, "frame": frame} for who, (user, frame) in _visitors().items() if frame.children
    }


def _messages() -> States:
    said = {
        constants.SUCCESS: f"Le ticket n°{NBSP}12 est annulé.",
        constants.INFO: "Votre session a été prolongée.",
        constants.WARNING: "Ce porte-monnaie ferme dans trois jours.",
        constants.ERROR: "Cochez « Imprimer » sur au moins un ticket.",
    }
    states = {
        Message(level, "").level_tag: {"messages": [Message(level, text)]} for level, text in said.items()
    }
    return {"aucun": {"messages": []}} | states


def _fields() -> States:
    blank, wrong = Fields(), Fields({})
    good = {f"{field.label}": {"field": field, "star": False} for field in blank}
    refused = {f"{field.label} – erreur": {"field": field, "star": True} for field in wrong if field.errors}
    return good | refused


def _options() -> States:
    options = paper_options([wallet(Kind.SPORT, "0.00"), wallet(Kind.CULTURE, "60.00")])
    states = {
        f"{option.label}{' – impossible' * option.disabled}": {
            "option": option,
            "count": len(options),
            "index": index,
            "chosen": options[-1].value,
        }
        for index, option in enumerate(options)
    }
    another = {"option": options[1], "count": 8, "index": 9, "chosen": None}
    return states | {"deux campagnes ouvertes": another}


def _spend_all() -> States:
    field = Fields()["amount"]
    return {
        "il en reste": {"field": field, "wallet": wallet(Kind.SPORT, "7.50")},
        "plus rien": {"field": field, "wallet": wallet(Kind.SPORT, "0.00")},
    }


def _wallets() -> States:
    closed = campaign(last_ticket_on=timezone.localdate() - dt.timedelta(days=1))
    return {
        state: {"wallet": purse, "link": True}
        for state, purse in {
            "plein": wallet(Kind.CULTURE, "60.00"),
            "entamé": wallet(Kind.SPORT, "7.50"),
            "vide": wallet(Kind.SPORT, "0.00"),
            "très plein": wallet(Kind.CULTURE, "9999999.99", "9999999.99"),
            "fermé": wallet(Kind.CULTURE, "10.00", campaign=closed),
        }.items()
    }


def _wallet_lines() -> States:
    return {
        "Sport": {"wallet": wallet(Kind.SPORT, "20.00")},
        "Culture, vide": {"wallet": wallet(Kind.CULTURE, "0.00")},
    }


def _tickets() -> States:
    sport = wallet(Kind.SPORT, "10.00")
    over = wallet(Kind.SPORT, "10.00", campaign=campaign(years_ago=2))
    long_offer = offer(
        "ASSOCIATION POUR LA PROMOTION DES PRATIQUES CHORALES ET INSTRUMENTALES DU SUD DES HAUTS-DE-SEINE",
        "Pratiques instrumentales collectives",
    )
    of_garance = {
        "non utilisé, affecté": ticket(101),
        "non utilisé, papier": ticket(102, offer=None, wallet=sport),
        "utilisé": ticket(103, state=State.USED),
        "annulé": ticket(104, state=State.CANCELLED),
        "expiré": ticket(105, wallet=over, state=State.EXPIRED),
        "expiré aujourd’hui, papier": ticket(106, wallet=over, offer=None),
    }
    both = {"brand": settings.BRAND, "notice": True, "actions": True}
    states = {state: {"ticket": it, "beneficiary": GARANCE, **both} for state, it in of_garance.items()}
    long = {"ticket": ticket(107, offer=long_offer, amount=Decimal("9999999.99")), "beneficiary": LONG_NAMED}
    return states | {"noms longs": {**long, **both}}


def _cancel_links() -> States:
    forfeiting = campaign(
        last_ticket_on=timezone.localdate() - dt.timedelta(days=9),
        last_cancellation_on=timezone.localdate() - dt.timedelta(days=1),
        late_cancellation=LateCancellation.FORFEITS,
    )
    late = ticket(401, wallet=wallet(Kind.SPORT, "0.00", campaign=forfeiting))
    return {
        "à temps": {"ticket": ticket(400), "beneficiary": GARANCE},
        "trop tard pour le crédit": {"ticket": late, "beneficiary": GARANCE},
    }


def _rows() -> States:
    return {state: {"ticket": it["ticket"], "beneficiary": GARANCE} for state, it in _tickets().items()}


def _partners() -> States:
    full = {
        "address": "2 place du Marché",
        "phone": "01 99 00 10 01",
        "email": "contact@organisme.example",
        "website": "https://organisme.example/",
        "accessible": True,
    }
    theatre = partner("THEATRE FIRMIN GEMIER", [("Théâtre", Kind.CULTURE)])
    return {
        "complet, à qui est connecté, près d’ici": {
            "partner": partner("JUDO CLUB D ANTONY", [("Judo", Kind.SPORT), ("Danse", Kind.CULTURE)], **full),
            "kilometres": 1.234,
            "create_url": "/",
        },
        "sans coordonnées": {"partner": theatre, "kilometres": None, "create_url": ""},
    }


def _pagers() -> States:
    pages = Paginator(range(90), 30)
    states = {
        f"page {number}": {"page": pages.page(number), "query": "commune=92002"} for number in (1, 2, 3)
    }
    return states | {"une seule page": {"page": Paginator([1], 30).page(1), "query": ""}}


def _post_pagers() -> States:
    asked = {"data": {"nom": "judo", "latitude": "48.753"}, "csrf_input": ""}
    pages = {state: it["page"] for state, it in _pagers().items()}
    # The form is there all the same: the map asks by it too.
    pages["en une page"] = pages.pop("une seule page")
    return {state: {"page": page} | asked for state, page in pages.items()}


def _session_end() -> dict[str, Any]:
    """Closed as in a page: its moment comes in an hour."""
    hour = {"session_left": 3600, "session_limit": 3600}
    here = SimpleNamespace(get_full_path=lambda: "/")
    return {"frame": hour, "request": here, "csrf_input": ""}


def _topics() -> States:
    topic = SimpleNamespace(question="J’ai perdu un ticket.", answer="Annulez-le, puis **refaites-en un**.")
    return {
        "fermée": {"topic": topic, "facts": {}},
        "ouverte": {"topic": topic, "facts": {}, "open": True},
    }
