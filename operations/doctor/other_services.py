"""Whether the services that `services.toml` names answer. Of nobody: what is asked is a number of ours."""

from collections.abc import Mapping

from django.conf import settings

from core import asking

from .findings import Wrong

# The Insee's own establishment, in the register that it keeps; and its address.
SIRET, ADDRESS = "12002701600563", "88 avenue Verdier 92120 Montrouge"
DISCOVERY = "/.well-known/openid-configuration"


def check() -> str:
    silent = [name for name, said in settings.SERVICES.items() if not _answers(name, said)]
    if silent:
        raise Wrong(
            f"{', '.join(silent)} ne répond pas",
            "vérifiez l’adresse dans services.toml, et que le pare-feu laisse sortir vers elle",
        )
    return f"réponse de {', '.join(sorted(settings.SERVICES))}" if settings.SERVICES else "aucun"


def _answers(name: str, said: Mapping[str, str]) -> bool:
    try:
        if "issuer" in said:
            answer = asking.ask(said["issuer"] + DISCOVERY, {})
            return isinstance(answer, dict) and answer.get("issuer") == said["issuer"]
        answer = asking.ask(said["address"], {"q": SIRET if name == "register" else ADDRESS})
        return isinstance(answer, dict)
    except asking.NoAnswer:
        return False
