"""Refusals of the directory. Each has the sentence that an agent reads."""

from core.exceptions import Refusal


class NotMergeable(Refusal):
    sentence = (
        "Ces deux fiches ne se fusionnent pas\N{NO-BREAK SPACE}: l’une est déjà fusionnée, ou c’est la même."
    )
