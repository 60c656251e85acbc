"""Why what an organisme is owed waits, in words that accuse nobody."""

from collections.abc import Iterable, Iterator

from core.money import NBSP

from .anomalies import Found
from .models import CLEARABLE, Anomaly

VERIFYING = (
    f"Votre compte bancaire est en cours de vérification{NBSP}: "
    "un agent vous appelle au numéro que nous connaissons."
)
LOOKED_INTO = (
    "Nous relisons ces utilisations avant de les payer, comme pour toute somme ou tout rythme inhabituels. "
    f"Vous n’avez rien à faire{NBSP}: un agent vous appelle s’il a une question."
)
WORDS = {
    Anomaly.NO_ACCOUNT: "Nous n’avons pas encore de compte bancaire vérifié pour vous payer.",
    Anomaly.ACCOUNT_CHANGED: f"Votre nouveau compte bancaire est vérifié{NBSP}: {{detail}}.",
    Anomaly.ACCOUNT_SHARED: "Nous vérifions avec vous le compte bancaire avant d’y verser quoi que ce soit.",
    Anomaly.CEASED: (
        f"Le registre des établissements dit le vôtre fermé {{detail}}{NBSP}: donnez-nous son nouveau SIRET."
    ),
    Anomaly.SUSPENDED: f"Vos paiements sont suspendus {{detail}}{NBSP}: appelez-nous.",
    Anomaly.DEBT: (
        "Les corrections dépassent ce qui vous est dû. "
        "La différence est déduite des prochains tickets, vous n’avez rien à verser."
    ),
} | dict.fromkeys(CLEARABLE, LOOKED_INTO)


def told(found: Iterable[Found], *, is_verifying: bool) -> Iterator[str]:
    """Each once. `is_verifying`: whether an account of theirs is being checked."""
    sentences = (_sentence(each, is_verifying=is_verifying) for each in found)
    yield from dict.fromkeys(sentences)


def _sentence(found: Found, *, is_verifying: bool) -> str:
    if found.anomaly == Anomaly.NO_ACCOUNT and is_verifying:
        return VERIFYING
    return WORDS[found.anomaly].format(detail=found.detail)
