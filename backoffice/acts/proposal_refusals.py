"""Why a step of a proposal is refused."""

from core.exceptions import Refusal


class AlreadyProposed(Refusal):
    sentence = "Cet acte est déjà proposé. Relisez la page\N{NO-BREAK SPACE}: il attend d’être confirmé."


class AlreadyDecided(Refusal):
    sentence = "Cette proposition n’attend plus\N{NO-BREAK SPACE}: elle a été confirmée, refusée ou retirée."


class SecondAgentNeeded(Refusal):
    sentence = "Un acte se confirme par un autre agent que celui qui l’a proposé."


class NotYours(Refusal):
    sentence = "Un acte se retire par celui qui l’a proposé. Un autre le refuse, avec un motif."


class NoLongerSo(Refusal):
    sentence = (
        "Ce n’est plus ce qui a été proposé\N{NO-BREAK SPACE}: les chiffres ont changé. "
        "Relisez-les et proposez l’acte de nouveau."
    )


class AnotherIsRunning(Refusal):
    sentence = "Un autre acte est en cours ici. Attendez qu’il finisse, ou arrêtez-le."


class Stopped(Refusal):
    sentence = "Cet acte a été arrêté."
