"""Refusals of the directory. Each has the sentence that an agent reads."""

from core.exceptions import Refusal


class NotMergeable(Refusal):
    sentence = (
        "Ces deux fiches ne se fusionnent pas\N{NO-BREAK SPACE}: l’une est déjà fusionnée, ou c’est la même."
    )


class NotAMember(Refusal):
    sentence = "Cette personne n’est plus membre de votre organisme."


class LastManager(Refusal):
    sentence = (
        "C’est le dernier responsable de votre organisme. Invitez d’abord celui qui prend la suite, "
        "et attendez qu’il ait accepté."
    )
