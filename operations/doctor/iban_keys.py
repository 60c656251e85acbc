from django.conf import settings

from payments import iban_keys
from payments.models import BankAccount, BatchFile, Payer

from .configuration import FEWEST_CHARACTERS
from .findings import Wrong

SHORTEST_KEY = 32
HOW = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))" en fait une : une copie au coffre'
PUT_BACK = "remettez l’ancienne dans IBAN_KEYS, en dernier"


def check() -> str:
    """Whether they have keys of their own, long ones, that open what is stored."""
    if not settings.DEBUG and not settings.IBAN_KEYS:
        raise Wrong("IBAN_KEYS manque : SECRET_KEY chiffre aussi les IBAN", HOW)
    if any(len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS for key in settings.IBAN_KEYS):
        raise Wrong("une clé d’IBAN_KEYS est trop faible", HOW)
    newest = BankAccount.objects.exclude(sealed_iban="").order_by("pk").last()
    try:
        if newest:
            iban_keys.unseal(newest.sealed_iban)
    except iban_keys.NotSealed as trouble:
        raise Wrong("le dernier IBAN ne s’ouvre avec aucune clé", PUT_BACK) from trouble
    try:
        Payer.current().iban  # noqa: B018 – it is opened
    except iban_keys.NotSealed as trouble:
        raise Wrong("l’IBAN du payeur ne s’ouvre avec aucune clé", PUT_BACK) from trouble
    _open_files()
    return "la leur" if settings.IBAN_KEYS else "SECRET_KEY, pour un essai"


def _open_files() -> None:
    """The first one too: ten years of them outlive many a key."""
    files = BatchFile.objects.order_by("pk")
    for file in filter(None, (files.first(), files.last())):
        try:
            file.content  # noqa: B018 – it is opened
        except iban_keys.NotSealed as trouble:
            raise Wrong(f"le fichier {file} ne s’ouvre avec aucune clé", PUT_BACK) from trouble
