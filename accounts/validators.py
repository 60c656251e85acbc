"""Which passwords are no secret in French: common words, walks on the keyboard, what the family is called."""

import itertools
import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from core.spelling import simplified

from .models import Beneficiary, School, User

# What French people type first, and the words of this service. Django's own list comes from the
# English-speaking world, and of its twenty thousand not two hundred have the twelve characters we ask for.
WORDS = """
    motdepasse password passe pass passplus secret code identifiant compte administrateur admin demo test
    azerty azertyuiop qsdfgh qsdfghjklm wxcvbn qwerty qwertyuiop abcd abcdef
    bonjour bonsoir salut coucou hello bienvenue merci soleil chocolat nutella vacances doucement
    jetaime jetadore amour bisou bisous doudou loulou loulous chouchou cheri cherie princesse prince licorne
    iloveyou loveyou love sunshine princess dragon monkey welcome letmein superman batman spiderman starwars
    pokemon pikachu naruto onepiece minecraft fortnite roblox tiktok youtube instagram snapchat google
    chat chaton chats chien chiens lapin cheval tigre lion dauphin papillon
    maman mamie papa papi papy bebe famille enfant enfants fille garcon parent parents frere soeur
    eleve college collegien ecole lycee classe prof ticket tickets porteMonnaie sport culture
    football foot basket judo danse tennis rugby musique psg parissaintgermain olympiquedemarseille
    mbappe messi neymar ronaldo zidane paris marseille lyon toulouse bordeaux nantes lille bretagne corse
    france francais departement mairie hautsdeseine
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    lundi mardi mercredi jeudi vendredi samedi dimanche printemps ete automne hiver noel anniversaire
    nicolas thomas julien camille marine julie laura lucas hugo leo emma louise jade gabriel raphael arthur
    mohamed ines lina sarah chloe manon lea nathan enzo mathis theo alexandre antoine maxime
"""
# Where each key stands, in halves of a key: on the row of digits, then on those of letters.
KEYBOARDS = (
    ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn,;:!"),
    ("&é\"'(-è_çà", "azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("1234567890", "qwertyuiop", "asdfghjkl;", "zxcvbnm,./"),
)
# Of the steps from a character to the next; « er », « tr », « po » are neighbours in honest words too.
WALKED = 0.7
# A name of three letters is in everybody's words.
SHORTEST_NAME = 3


class FrenchCommonPasswordValidator(CommonPasswordValidator):
    """Refuses one or two common words, whatever digits and signs go with them: « MotDePasse12 »."""

    def validate(self, password: str, user: User | None = None) -> None:
        letters = _letters(password)
        if letters in self.passwords or self._is_words(letters, user) or _is_drawn(password):
            raise ValidationError(
                "Ce mot de passe est trop courant. Prenez par exemple trois mots qui n’ont rien à voir.",
                code="password_too_common",
            )
        super().validate(password, user)

    def _is_words(self, letters: str, user: User | None) -> bool:
        words = {_letters(word) for word in self.words(user)}
        return bool(re.fullmatch(f"(?:{'|'.join(filter(None, words))}){{1,2}}", letters))

    def words(self, user: User | None) -> Iterator[str]:
        """The words that an attacker would try first for this account."""
        yield from WORDS.split()
        yield from (settings.BRAND[name] for name in ("name", "territory", "authority"))
        yield from School.objects.values_list("name", flat=True)
        if user:
            yield from _names_around(user)


class MaximumLengthValidator:
    """Nobody types more, and each character is hashed."""

    def __init__(self, max_length: int = 200) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(
                f"Ce mot de passe est trop long\N{NO-BREAK SPACE}: {self.get_help_text()}",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return f"{self.max_length}\N{NO-BREAK SPACE}caractères au plus."


def _names_around(user: User) -> Iterator[str]:
    """Of who acts for the same children, of these and of their collèges: whole, and word by word.

    Of an account that is being made, its own.
    """
    around = Beneficiary.objects.around(user.pk) if user.pk else Beneficiary.objects.none()
    children = around.select_related("school")
    people = [user, *User.objects.filter(guardianships__beneficiary__in=children)]
    names = [name for it in people for name in (it.first_name, it.last_name, it.city)]
    for child in children:
        names += [child.first_name, child.last_name, child.school.name]
    for name in names:
        yield name
        yield from (word for word in re.split(r"[\W_]+", name) if len(word) >= SHORTEST_NAME)


def _letters(text: str) -> str:
    """Without capitals, accents, digits and signs."""
    return re.sub(r"[\d ]", "", simplified(text))


def _is_drawn(password: str) -> bool:
    """Whether it is one short piece again and again, or a walk along the keys, the alphabet or the digits."""
    text = password.casefold()
    if re.fullmatch(r"(.{1,4}?)\1{2,}.{0,2}", text, re.DOTALL):
        return True
    steps = list(itertools.pairwise(text))
    return bool(steps) and sum(step in NEIGHBOURS for step in steps) >= WALKED * len(steps)


def _neighbours() -> Iterator[tuple[str, str]]:
    for rows in KEYBOARDS:
        places = {
            key: (2 * column + row, row) for row, keys in enumerate(rows) for column, key in enumerate(keys)
        }
        for one, (x, y) in places.items():
            for other, (x2, y2) in places.items():
                if abs(y - y2) <= 1 and abs(x - x2) <= 2:
                    yield one, other
    for row in ("abcdefghijklmnopqrstuvwxyz", "01234567890"):
        for one, other in itertools.pairwise(row):
            yield from ((one, other), (other, one))


NEIGHBOURS = frozenset(_neighbours())
