import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .findings import Wrong

# Kept by the regulator for fiction (Arcep, decision 2018-0881), as « .example » is (RFC 2606).
NOBODYS_NUMBER = "019900"
NOBODYS_DOMAIN = ".example"
REMEDY = "écrivez ceux du service dans brand.toml (brand.example.toml)"


def check() -> str:
    """Whom families ask: « Nous écrire » leads there, and their telephone calls it."""
    brand: dict[str, Any] = settings.BRAND
    email, phone = brand["help_email"], brand["help_phone"]
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Wrong(f"help_email n’est pas une adresse ({email})", REMEDY) from wrong
    made_up = email.endswith(NOBODYS_DOMAIN) or re.sub(r"\D", "", phone).startswith(NOBODYS_NUMBER)
    if made_up and not settings.DEBUG:
        raise Wrong(f"personne ne répond à {email}, ou au {phone} : ils sont de la démonstration", REMEDY)
    return "DEBUG : ceux de la démonstration" if made_up else f"{email}, {phone}"
