"""What who sent a paper reads if it is refused."""

from core.money import NBSP

LARGEST = 10_000_000
MOST_PAGES = 20
MOST_PIXELS = 40_000_000

EMPTY = "Ce fichier est vide. Envoyez-le de nouveau."
NOT_A_PAPER = (
    "Ce fichier n’est ni une photo ni un PDF. Envoyez une photo du papier (JPEG, PNG ou HEIC), ou un "
    f"PDF{NBSP}: un document Word s’enregistre en PDF."
)
TOO_LARGE = (
    f"Ce fichier est trop lourd{NBSP}: {LARGEST // 1_000_000}{NBSP}Mo au plus. Reprenez la photo avec une "
    "définition plus basse."
)
TOO_MANY_PIXELS = (
    f"Cette photo est trop grande{NBSP}: {MOST_PIXELS // 1_000_000}{NBSP}mégapixels au plus. Reprenez-la "
    "avec une définition plus basse."
)
TOO_MANY_PAGES = f"Ce PDF a trop de pages{NBSP}: {MOST_PAGES} au plus. N’envoyez que celles qui comptent."
NO_PAGE = "Ce PDF n’a aucune page."
PASSWORD = "Ce PDF est protégé par un mot de passe. Envoyez-le sans, ou une photo du papier."  # noqa: S105
DAMAGED = (
    "Ce fichier est abîmé, ou n’est pas arrivé en entier. Envoyez-le de nouveau, ou une photo du papier."
)
TOO_MUCH = "Ce fichier est trop compliqué pour être ouvert. Envoyez une photo du papier."
ACTS = "Ce PDF contient des scripts ou d’autres fichiers. Envoyez une photo du papier."
INFECTED = "Ce fichier contient un virus. Vérifiez votre appareil, et envoyez une photo du papier."
