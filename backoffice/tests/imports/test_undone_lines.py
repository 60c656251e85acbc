"""What stays of an import that is taken back is named, with its reason; its lines are read on."""

import json

import pytest
from django.urls import reverse

from accounts import audit
from accounts.account_merge import merge_accounts
from accounts.audit import Action
from accounts.models import Beneficiary, School, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports.undoing import reasons
from backoffice.models import Sort, Stage, WrittenRows
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, guardian, roster
from partners.models import Activity, Partner
from partners.tests.factories import make_partner
from tickets.child_merge import merge_children
from tickets.partner_merge import merge_partners
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

from .importing import bring, confirm, undo, undo_page, work
from .whole_lists import only

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
NAMES = ("Zoé", "Rose", "Mia", "Léo")


def child(number):
    name = NAMES[number - 2]
    said = {"Numéro d’élève": f"E{number:04}", "Prénom": name, "UAI": "0920003B"}
    return LINA | said | guardian(last_name="MARTIN", first_name=name, email=f"p{number}@f.example")


@pytest.fixture
def imported(client, agent, settings):
    settings.SECOND_AGENT = False

    def imported(content, sort=Sort.ROSTER):
        page = bring(client, content, sort=sort).request["PATH_INFO"]
        work()
        confirm(client, page)
        work()
        assert only().stage == Stage.DONE, only().report
        return only()

    return imported


@pytest.fixture
def four(imported, agent):
    """Lines 2 to 5: a wallet, a merge, an edit, nothing."""
    job = imported(roster(*(child(number) for number in (2, 3, 4, 5))))
    zoe, rose, mia, _ = Beneficiary.objects.order_by("pupil_number")
    make_wallet(beneficiary=zoe)
    other = make_beneficiary(pupil_number="E0999", first_name="Rosa", last_name="MARTIN")
    merge_children(double_id=rose.pk, kept_id=other.pk)
    audit.record(action=Action.CHANGED, subject=mia, reason="", actor=agent)
    return job


def plain(response):
    return " ".join(response.text.replace(NBSP, " ").split())


def stay(response):
    lists = response.context["about"].lists if "about" in response.context else response.context["stays"]
    return {it.title.replace(NBSP, " "): [*it.names] for it in lists}


CHILDREN = "Enfants créés qui restent : {} (1)"


def test_before_it_is_done_each_that_stays_is_named_with_its_reason(client, agent, four):
    """The fresh-eyes trial: « 3 laissés », and nobody said who, nor why."""
    told = stay(client.get(undo_page(four)))

    assert told[CHILDREN.format(reasons.OF_WALLET)] == ["Zoé MARTIN (E0002)"]
    assert told[CHILDREN.format(reasons.MERGED)] == ["Rose MARTIN (E0003)"]
    assert told[CHILDREN.format(reasons.EDITED)] == ["Mia MARTIN (E0004)"]
    assert told[f"Collèges créés qui restent : {reasons.OF_PUPILS} (1)"] == [
        f"{School.objects.get(pk='0920003B')} (0920003B)"
    ]
    accounts = told[f"Comptes créés qui restent : {reasons.OF_CHILD} (3)"]
    assert [name.split(" (")[0] for name in accounts] == ["Zoé MARTIN", "Rose MARTIN", "Mia MARTIN"]


def test_afterwards_the_page_says_it_still_and_each_line_what_became_of_it(client, agent, four):
    """The lines of an import that was undone were gone from its page."""
    page = undo(client, four)
    there = Beneficiary.objects.filter(pupil_number__lt="E0900").order_by("pupil_number")
    assert [child.first_name for child in there] == ["Zoé", "Rose", "Mia"]

    assert stay(page)[CHILDREN.format(reasons.MERGED)] == ["Rose MARTIN (E0003)"]
    lines = {shown.row.number: shown.undone for shown in page.context["lines"].lines}
    assert f"enfant{NBSP}: {reasons.OF_WALLET}" in lines[2]
    assert f"enfant{NBSP}: {reasons.MERGED}" in lines[3]
    assert f"enfant{NBSP}: {reasons.EDITED}" in lines[4]
    assert lines[5] == "Annulé."
    assert "4 lignes lues" in plain(page)
    left = client.get(page.request["PATH_INFO"], {"lignes": "reste"})
    assert [shown.row.number for shown in left.context["lines"].lines] == [2, 3, 4]
    assert "ce qui en reste</b> (3)" in plain(left)
    assert "Annuler cet import" not in page.text


def test_its_state_tells_that_only_a_part_was_taken_back(client, agent, four):
    """« annulé », in the list, though three of four children had stayed."""
    page = undo(client, four)
    four.refresh_from_db()
    shown = client.get(reverse("admin:backoffice_import_changelist"), {"stage__exact": Stage.PARTLY})

    assert four.stage == Stage.PARTLY
    assert f"comptes{NBSP}: rétabli en partie" in page.text
    assert '<td class="field-stage">rétabli en partie</td>' in shown.text


def test_whom_it_names_is_read_from_the_base_and_kept_nowhere_else(client, agent, four):
    undo(client, four)
    four.refresh_from_db()

    assert "Zoé" not in json.dumps(four.report, ensure_ascii=False)
    assert not four.lines.filter(stays__contains="Zoé").exists()


def test_one_that_the_former_release_did_says_who_stays_but_nothing_of_its_lines(client, agent, four):
    WrittenRows.objects.update(lines=None)
    page = undo(client, four)

    assert stay(page)[CHILDREN.format(reasons.OF_WALLET)] == ["Zoé MARTIN (E0002)"]
    assert {shown.undone for shown in page.context["lines"].lines} == {""}


def test_an_account_that_was_merged_stays_and_says_so(client, agent, imported):
    job = imported(roster(LINA | ANNE | {"Numéro d’élève": "E0002"}))
    anne = User.objects.get(first_name="Anne")
    merge_accounts(double_id=anne.pk, kept_id=make_user(first_name="Anna", last_name="MARTIN").pk)
    told = stay(client.get(undo_page(job)))

    [name] = told[f"Comptes créés qui restent : {reasons.MERGED} (1)"]
    assert name.startswith("Anne MARTIN (")


def test_of_organismes_too(client, agent, imported):
    titles = "Nom;Commune;Activités Sport"
    names = ("GYM", "DOJO", "BOXE", "AVIRON")
    content = "\n".join([titles, *(f"CLUB DE {name};Antony;{name.capitalize()}" for name in names)])
    job = imported(content.encode(), sort=Sort.DIRECTORY)
    gym, dojo, boxe = (Partner.objects.get(name=f"CLUB DE {name}") for name in names[:3])
    make_ticket(wallet=make_wallet(kind=Kind.SPORT), offer=gym.offers.get())
    merge_partners(double_id=dojo.pk, kept_id=make_partner("DOJO D’ANTONY").pk)
    audit.record(action=Action.CHANGED, subject=boxe, reason="", actor=agent)

    told = stay(client.get(undo_page(job)))
    organismes = "Organismes créés qui restent : {} (1)"
    assert told[organismes.format(reasons.OF_OFFER)] == ["CLUB DE GYM, Antony"]
    assert told[organismes.format(reasons.MERGED)] == ["CLUB DE DOJO, Antony"]
    assert told[organismes.format(reasons.EDITED)] == ["CLUB DE BOXE, Antony"]
    assert told[f"Offres ajoutées qui restent : {reasons.OF_TICKET} (1)"] == ["Gym, CLUB DE GYM"]
    # It came to the kept one by the merge.
    assert told[f"Offres ajoutées qui restent : {reasons.MERGED} (1)"] == ["Dojo, DOJO D’ANTONY"]
    assert f"Activités créées qui restent : {reasons.OFFERED} (3)" in told
    page = undo(client, job)

    lines = {shown.row.number: shown.undone for shown in page.context["lines"].lines}
    assert lines[2].endswith(f"organisme{NBSP}: {reasons.OF_OFFER}{NBSP}; offre{NBSP}: {reasons.OF_TICKET}.")
    assert lines[5] == "Annulé."
    assert not Activity.objects.filter(name="Aviron").exists()


def test_what_was_changed_and_cannot_go_back_is_named_too(client, agent, imported):
    known = make_beneficiary(pupil_number="E0001", first_name="Lina", last_name="MARTIN", grade="6")
    Beneficiary.objects.update(insee_code="92071", birth_year=BIRTH)
    job = imported(roster(child(2), LINA))
    Beneficiary.objects.filter(pk=known.pk).update(grade="3", first_name="Lyna")
    title = f"Enfants modifiés qui restent : {reasons.CHANGED} (1)"
    assert stay(client.get(undo_page(job)))[title] == ["Lyna MARTIN (E0001)"]
    page = undo(client, job)

    lines = {shown.row.number: shown.undone for shown in page.context["lines"].lines}
    assert lines[3].endswith(f"Reste{NBSP}: modification{NBSP}: {reasons.CHANGED}.")


def test_the_page_of_the_act_says_laissee_of_an_offer(client, agent, imported):
    """« Offres ajoutées : 1 enlevée, 1 laissé »."""
    lines = ("Nom;Commune;Activités Sport", "GYM;Antony;Judo | Boxe", "DOJO;Antony;Judo")
    job = imported("\n".join(lines).encode(), sort=Sort.DIRECTORY)
    judo = Partner.objects.get(name="GYM").offers.get(activity__name="Judo")
    make_ticket(wallet=make_wallet(kind=Kind.SPORT), offer=judo)

    facts = dict(client.get(undo_page(job), follow=True).context["about"].facts)
    assert facts["Offres ajoutées"] == "1 enlevée, 2 laissées"
