"""What agents read row by row, bring as files and set: each list, a row of it, imports at each stage."""

from django.db.models import Model
from django.urls import reverse

from accounts.models import Beneficiary, School, User
from backoffice.imports import worker
from backoffice.imports.importers import importer_of
from backoffice.models import Import, Sort, Stage
from content.models import Article, HelpTopic, Page
from core.spreadsheet_files.rows import ColumnsUnknown
from partners.models import Activity, Commune, Offer, Partner, Suggestion, Synonym
from wallets.models import Entry, Wallet

ALONE = ("search", "calls", "sums", "works", "statistics", "accounts_user_invitations")
LISTS = (
    *(
        "accounts_beneficiary",
        "accounts_user",
        "accounts_school",
        "accounts_reading",
        "accounts_securityevent",
    ),
    *("wallets_campaign", "wallets_wallet", "wallets_entry", "partners_partner", "partners_offer"),
    *("partners_activity", "partners_commune", "partners_synonym", "partners_suggestion"),
    *("content_article", "content_helptopic", "content_page", "applications_reason", "tickets_failedtry"),
    *("payments_accountingcodes", "payments_partneraccounting", "payments_batchfile"),
    *("payments_filetemplate", "core_outgoingmail", "core_preparedfile", "backoffice_import"),
)
ADDED = ("accounts_school", "partners_partner", "partners_activity", "content_article", "backoffice_import")
# Of each the newest row.
ROWS = (School, Activity, Commune, Synonym, Offer, Suggestion, Wallet, Entry, Article, HelpTopic, Page)

CLUBS = """Nom;Commune;Activités Sport;Téléphone
JUDO CLUB DES BORDS DE SEINE;Antony;Judo;01 99 00 10 10
CLUB DE NULLE PART;Nulle-Part;Judo;
STUDIO DANSE D’ANTONY;Antony;Danse;
"""
UNKNOWN = "Club;Ou cela;On y fait\nJUDO CLUB;Antony;Judo\n"


def furnish(partner: Partner, child: Beneficiary, agent: User) -> list[str]:
    """Add the imports of `agent`, and say where all is read."""
    newest = [row for model in ROWS for row in model._default_manager.order_by("-pk")[:1]]
    people = (child, child.guardians.earliest("pk"))
    return [
        *(reverse(f"admin:{name}") for name in ALONE),
        *(reverse(f"admin:{name}_changelist") for name in LISTS),
        *(reverse(f"admin:{name}_add") for name in ADDED),
        *(_page(row) for row in (partner, *people, *newest)),
        *_imports(agent),
    ]


def _page(row: Model, name: str = "change") -> str:
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_{name}", args=[row.pk])


def _imports(agent: User) -> list[str]:
    """One to be read, with a line that is refused; the same one done; one whose columns nobody knows."""
    ready, done, unknown = (
        Import.objects.create(
            sort=Sort.DIRECTORY, name=name, owner=agent, content=content.encode(), reason="Rentrée"
        )
        for name, content in (("clubs.csv", CLUBS), ("clubs-de-juin.csv", CLUBS), ("autres.csv", UNKNOWN))
    )
    for job in (ready, done, unknown):
        _compare(job)
    Import.objects.filter(pk=done.pk).update(stage=Stage.DONE, content=b"", confirmed_by=agent)
    return [*map(_page, (ready, done, unknown)), _page(unknown, "relate")]


def _compare(job: Import) -> None:
    """As the worker does, now."""
    received = Import.objects.filter(pk=job.pk)
    try:
        plan = importer_of(job.sort, complete=False).plan(lambda: bytes(job.content), lambda done, rows: None)
    except ColumnsUnknown as unknown:
        received.update(stage=Stage.UNMAPPED, report={"told": unknown.told()})
    else:
        worker._to_be_read(received, plan)
