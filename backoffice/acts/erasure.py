"""« Effacer »: what an agent does for who asks to be erased, on their pages."""

from decimal import Decimal
from typing import Any

from accounts.audit import Action
from accounts.models import Beneficiary, User
from backoffice.facts import accounts, children
from core.money import euros
from privacy import erasure

from .act import Act
from .erasure_forms import EraseChildForm, EraseForm

PERMISSION = "accounts.erase_people"


def _erase_child(child: Beneficiary, agent: User, said: dict[str, Any]) -> str:
    giving_up: Decimal = said["giving_up"]
    erasure.erase_child(beneficiary_id=child.pk, giving_up=giving_up, actor=agent)
    # The journal names who it is by now.
    child.refresh_from_db()
    return f"{euros(giving_up)} abandonnés" if giving_up else ""


def _erase_account(user: User, agent: User, said: dict[str, Any]) -> str:
    erasure.erase_account(user_id=user.pk)
    user.refresh_from_db()
    return ""


CHILD = Act(
    "effacer",
    "Effacer l’enfant",
    Action.ERASED,
    PERMISSION,
    "Son nom, son année de naissance, sa classe et son numéro d’élève disparaissent partout, avec "
    "son compte, et ceux des parents qui n’ont pas d’autre enfant ici. Les sommes et les tickets "
    "restent, sans nom. Il faut l’accord de chaque responsable légal. Cela ne se défait pas.",
    _erase_child,
    EraseChildForm,
    about=children.of_child,
    is_final=True,
)
ACCOUNT = Act(
    "effacer",
    "Effacer le compte",
    Action.ERASED,
    PERMISSION,
    "Nom, identifiant, adresses et téléphone disparaissent partout, et plus personne n’entre par ce "
    "compte. Ses enfants restent à leurs autres responsables légaux. Cela ne se défait pas.",
    _erase_account,
    EraseForm,
    applies=lambda user: not user.is_staff and not user.is_superuser,
    about=accounts.account,
    is_final=True,
)
