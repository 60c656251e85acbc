from django.conf import settings

from content import first_texts
from content.models import Page, PageKey

from .findings import Wrong


def check() -> str:
    """The law asks a site for its publisher and its host: the text that a new site receives names none."""
    ours = next(page["body"] for page in first_texts.pages() if page["key"] == PageKey.LEGAL)
    unfinished = ours.partition("ceux que le département déclare")
    body = Page.objects.values_list("body", flat=True).get(key=PageKey.LEGAL)
    if unfinished[1] in body and not settings.DEBUG:
        raise Wrong(
            "les mentions légales ne nomment ni le directeur de la publication, ni l’adresse, ni l’hébergeur",
            "complétez la page « Mentions légales » dans l’administration avant d’ouvrir le service",
        )
    return "complétées" if unfinished[1] not in body else "DEBUG : à compléter avant d’ouvrir"
