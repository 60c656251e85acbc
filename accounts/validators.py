"""Which passwords are no secret in French."""

import re

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from .models import User
from .spelling import simplified

# What French people type first, and the words of this service. Django's own list comes from the
# English-speaking world, and of its twenty thousand not two hundred have the twelve characters we ask for.
WORDS = """
    motdepasse password passe pass passplus secret code identifiant compte administrateur admin demo test
    azerty azertyuiop qsdfgh qsdfghjklm wxcvbn qwerty qwertyuiop abcd abcdef
    bonjour bonsoir salut coucou hello bienvenue merci soleil chocolat nutella vacances
    jetaime amour bisou bisous doudou loulou chouchou cheri cherie princesse chat chaton chien lapin
    maman papa bebe famille enfant enfants parent parents eleve college collegien ecole ticket tickets
    sport culture football basket judo danse psg parissaintgermain paris marseille lyon france departement
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    lundi mardi mercredi jeudi vendredi samedi dimanche printemps ete automne hiver
"""


class FrenchCommonPasswordValidator(CommonPasswordValidator):
    """Refuse also one or two common words, whatever digits and signs go with them: « MotDePasse12 »."""

    def validate(self, password: str, user: User | None = None) -> None:
        ours = [settings.BRAND[name] for name in ("name", "territory", "authority")]
        common = "|".join(filter(None, map(_letters, [*WORDS.split(), *ours])))
        if re.fullmatch(f"(?:{common}){{1,2}}", _letters(password)):
            raise ValidationError(
                "Ce mot de passe est trop courant. Prenez par exemple trois mots qui n’ont rien à voir.",
                code="password_too_common",
            )
        super().validate(password, user)


def _letters(text: str) -> str:
    """Without capitals, accents, digits and signs."""
    return re.sub(r"[\d ]", "", simplified(text))
