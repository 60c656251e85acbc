"""What a made-up family asks for, and a made-up organisme."""

from applications.models import Application, ApplicationState, Candidacy, Newcomer
from applications.offering import Offer

from .made_up import GARANCE, campaign
from .states import States

SHOWN = [it for it in ApplicationState if it != ApplicationState.WITHDRAWN]


def states() -> States:
    return {it.label: {"state": it.value} for it in SHOWN}


def enrolments() -> States:
    asked = [Application(pk=number, state=state) for number, state in enumerate(SHOWN, start=1)]
    for application in asked:
        Newcomer(application=application, first_name="Maël", last_name="VOISIN CD 92")
    return {"aucune": {"enrolments": []}, "de chaque état": {"enrolments": asked}}


def changes() -> States:
    asked = [Application(state=state) for state in SHOWN]
    nothing: States = {"rien de demandé": {"child": GARANCE, "asked": {}}}
    return nothing | {
        it.get_state_display(): {"child": GARANCE, "asked": {"school": it, "guardian": it}} for it in asked
    }


def candidacies() -> States:
    asked = [Candidacy(pk=9, siret="73282932000074")]
    for number, state in enumerate(SHOWN, start=1):
        asked.append(Candidacy(pk=number, application=Application(pk=number, state=state), name="JUDO CLUB"))
    return {"aucune": {"candidacies": []}, "de chaque état": {"candidacies": asked}}


def lines() -> States:
    offers = {"à demander": Offer(campaign(pk=1), None)}
    offers |= {it.label: Offer(campaign(pk=1), Application(state=it)) for it in SHOWN}
    return {state: {"offer": offer, "beneficiary": GARANCE} for state, offer in offers.items()}
