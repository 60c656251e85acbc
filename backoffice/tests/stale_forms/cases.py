"""Each row that an agent edits, with what two of them write."""

from typing import Any

from accounts.models import Beneficiary, School, User
from accounts.tests.factories import make_beneficiary, make_user
from applications.models import Convention, Reason
from applications.models import Rules as ApplicationRules
from applications.models.reason import ReasonUse
from applications.tests.conventions import make_convention
from content.models import Article, HelpTopic, Page
from content.tests.factories import make_article, make_topic
from partners.models import Activity, Commune, Partner, Suggestion, Synonym
from partners.tests.factories import make_commune, make_partner
from payments.models import AccountingCodes, FileColumn, FileTemplate, PartnerAccounting, Payer, Rules, Source
from wallets.models import Campaign
from wallets.tests.factories import make_campaign

NBSP = "\N{NO-BREAK SPACE}"


class Refused(Exception):
    pass


def make_suggestion():
    return Suggestion.objects.create(
        name="Club", commune=make_commune(), activity="Judo", contact="a@b.example"
    )


def make_template():
    template = FileTemplate.objects.create(name="Grand Angle")
    FileColumn.objects.create(template=template, position=1, source=Source.AMOUNT)
    return template


# A row, what another agent saves, what this agent types.
CASES: dict[Any, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    User: (make_user, {"phone": "01 99 00 11 22"}, {"city": "Sceaux"}),
    Beneficiary: (make_beneficiary, {"is_enrolled": False}, {"first_name": "Zoé"}),
    School: (lambda: make_beneficiary().school, {"insee_code": "92071"}, {"name": "Collège Marie Curie"}),
    Campaign: (make_campaign, {"smaller_share": 35}, {"name": "Printemps"}),
    Commune: (make_commune, {"postcode": "92161"}, {"name": "Antony-le-Vieux"}),
    Partner: (make_partner, {"accessible": True, "phone": "01 99 00 11 22"}, {"address": "3 rue Neuve"}),
    Synonym: (
        lambda: Synonym.objects.create(typed="zumbaa", means="Danse"),
        {"means": "Judo"},
        {"typed": "zoumba"},
    ),
    Article: (make_article, {"pinned": True, "title": "La fin"}, {"body": "Un.\r\n\r\nDeux."}),
    HelpTopic: (lambda: make_topic("Où\N{NO-BREAK SPACE}?"), {"position": 7}, {"answer": "Ici."}),
    Rules: (lambda: Rules.objects.get_or_create(pk=1)[0], {"uses_an_hour": 60}, {"debt_months": 7}),
    ApplicationRules: (
        lambda: ApplicationRules.objects.get_or_create(pk=1)[0],
        {"target_days": 20},
        {"appeal": "Écrivez-nous."},
    ),
    Convention: (make_convention, {"title": "Convention 2027"}, {"text": "Un.\r\n\r\nDeux."}),
    Reason: (
        lambda: Reason.objects.create(use=ReasonUse.REFUSED, text="Ce n’est pas la bonne année."),
        {"text": "Cette notification est de l’an dernier."},
        {"use": ReasonUse.INCOMPLETE},
    ),
    Payer: (lambda: Payer.objects.get(pk=1), {"working_days": 4}, {"name": "Département"}),
    AccountingCodes: (
        lambda: AccountingCodes.objects.get(kind="sport"),
        {"service": "JS"},
        {"nature": "6568"},
    ),
    PartnerAccounting: (
        lambda: PartnerAccounting.objects.create(partner=make_partner()),
        {"convention": "C-7"},
        {"tiers_code": "0042"},
    ),
    FileTemplate: (make_template, {"has_header": False}, {"name": "Coriolis"}),
    Page: (lambda: Page.objects.order_by("pk")[0], {"title": "Autre titre"}, {"body": "Un texte."}),
}
ONE_FIELD = {Activity, Suggestion}


def now(row, *names):
    return [getattr(type(row).objects.get(pk=row.pk), name) for name in names]


def save(row, **theirs):
    type(row).objects.filter(pk=row.pk).update(**theirs)
