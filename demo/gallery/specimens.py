from collections.abc import Iterator

from django.conf import settings

from accounts.login_forms import ActivationForm
from accounts.models import IdentityProvider, User
from accounts.openid.providers import Provider
from tickets.counter.forms import CodeForm
from tickets.models import State

from . import (
    states_of_applications,
    states_of_fields,
    states_of_frame,
    states_of_lists,
    states_of_messages,
    states_of_payments,
    states_of_things,
    states_of_tickets,
)
from .fields import Fields
from .made_up import GARANCE, campaign, ticket
from .specimen import Specimen
from .states import States


def specimens() -> Iterator[Specimen]:
    """All of them; those of one component follow each other."""
    groups: dict[str, States] = {
        "page_header": states_of_frame.framed(),
        "main_menu": states_of_frame.framed(),
        "connected_as": states_of_frame.names(),
        "logo": {"": {"brand": settings.BRAND}},
        "authority": {"": {"brand": settings.BRAND}},
        "page_footer": {"": {"brand": settings.BRAND}},
        "message_region": states_of_messages.messages(),
        "error_summary": {
            "trois erreurs": {"form": Fields({})},
            "sans erreur": {"form": Fields()},
        },
        "form_field": states_of_fields.fields(),
        "option_radio": states_of_fields.options(),
        "wallet_card": states_of_things.wallets(),
        "wallet_line": states_of_things.wallet_lines(),
        "no_email": {"": {}},
        "already_in": {"": {"user": User(username="x.test"), "instead": "#", "word": "retour à l’accueil"}},
        "no_wallet": states_of_things.no_wallets(),
        "season_note": states_of_things.endings(),
        "season_over": states_of_things.seasons_over(),
        "ticket_card": states_of_tickets.tickets(),
        "ticket_line": states_of_tickets.rows(),
        "ticket_fan": {"": {}},
        "qr_figure": {"": {"ticket": ticket(200), "beneficiary": GARANCE}},
        "state_badge": {state.label: {"state": state} for state in State},
        "cancel_link": states_of_tickets.cancel_links(),
        "cancelling_note": states_of_tickets.cancelling(),
        "use_rows": states_of_tickets.uses(),
        "correction_row": states_of_payments.corrections(),
        "application_state": states_of_applications.states(),
        "change_links": states_of_applications.changes(),
        "candidacy_list": states_of_applications.candidacies(),
        "enrolment_list": states_of_applications.enrolments(),
        "renewal_link": {"": {"child": GARANCE, "campaign": campaign(pk=1).name}},
        "scholarship_line": states_of_applications.lines(),
        "payment_state": states_of_payments.told(),
        "payment_row": states_of_payments.rows(),
        "presented_row": states_of_tickets.presented(),
        "counter_tabs": {here: {"partner_id": 1, "here": here} for here in ("waiting", "history")},
        "code_field": {"": {"form": CodeForm(), "action": "#", "csrf_input": ""}},
        "other_ways": {"": {"partner_id": 1, "csrf_input": ""}},
        "statement_row": states_of_tickets.rows(),
        "partner_row": states_of_things.partner_rows(),
        "pager": states_of_lists.pagers(),
        "help_line": {
            "": {"brand": settings.BRAND},
            "en maintenance": {"brand": settings.BRAND, "writing": False},
        },
        "openid_link": {key.label: {"provider": Provider(key, "#", "", "")} for key in IdentityProvider},
        "phone_link": {"": {"brand": settings.BRAND}},
        "code_form": {"": {"form": ActivationForm(), "csrf_input": ""}},
        "username_field": {"": {"username": "garance.test"}},
        "calendar_link": {"": {"beneficiary": GARANCE}},
        "spend_all": states_of_fields.spend_all(),
        "session_end": {"": states_of_messages.session_end()},
        "faq_topic": states_of_lists.topics(),
        "guide_screen": {"": {"name": "guide/accueil.webp", "shows": "La page de connexion"}},
    }
    for component, states in groups.items():
        for state, context in states.items():
            yield Specimen(component, state, context)
