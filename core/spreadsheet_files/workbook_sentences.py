"""Why a workbook is not read, in words that both processes know."""

PROTECTED = "Ce fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe."
TOO_LARGE = (
    "Ce fichier, déplié, est démesuré. Copiez la liste seule dans un classeur neuf, ou enregistrez-la en CSV."
)
TOO_MUCH = (
    "Ce fichier est démesuré\N{NO-BREAK SPACE}: il arrête le programme qui le lit. Copiez la liste seule "
    "dans un classeur neuf, ou enregistrez-la en CSV."
)
DAMAGED = "Ce fichier n’est pas un tableur lisible. Ouvrez-le dans le tableur, et enregistrez-le en XLSX."
