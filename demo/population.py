"""The organismes, collèges, families and wallets of the large demonstration."""

import datetime as dt
import tomllib
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from anyascii import anyascii
from django.contrib.auth.hashers import make_password
from django.db.models import Max
from django.utils import timezone

from accounts.demonstration import PASSWORD
from accounts.models import Beneficiary, Grade, Guardianship, School, User
from partners.models import Commune, Offer, Partner
from partners.services import directory_changed
from wallets.models import FORMULA_GRANT, Campaign, Entry, Kind, Nature, Wallet

from . import family

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
SCHOOLS = 98
# The small demonstration has the pupils 920000001 to 920000003; these follow 921000000. The first
# child of a home gives its number to the logins: parent.921000001, parent2.921000001.
PUPILS = "921"


def opening(campaign: Campaign) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(campaign.opens_on, dt.time()))


class Towns:
    def __init__(self) -> None:
        self.all = list(Commune.objects.order_by("pk"))
        self.weights = [WORDS["weights"].get(town.name, 1) for town in self.all]

    def draw(self, rng: Random, count: int) -> list[Commune]:
        return rng.choices(self.all, self.weights, k=count)


class Directory:
    def __init__(self, campaign: Campaign, rng: Random, missing: int) -> None:
        self.campaign = campaign
        self.towns = Towns()
        offers = Offer.objects.order_by("activity", "kind").distinct()
        self.activities = list(offers.values_list("activity", "activity__name", "kind"))
        self.names = set(Partner.objects.values_list("name", flat=True))

    def add(self, rng: Random, ranks: range) -> None:
        partners, offers = [], []
        for rank, town in zip(ranks, self.towns.draw(rng, len(ranks)), strict=True):
            offered = rng.sample(self.activities, rng.choices([1, 2, 3, 4], [50, 30, 15, 5])[0])
            _, activity, kind = offered[0]
            words = [rng.choice(WORDS[kind]), activity, rng.choice(WORDS["quarters"]), town.name]
            partner = Partner(
                name=self.name(words, rank),
                commune=town,
                address=f"{rng.randint(1, 140)} {rng.choice(WORDS['streets'])}",
                postcode=town.postcode,
                phone=f"01 99 00 {rank // 100 % 100:02} {rank % 100:02}",
                email=f"contact{rank}@organisme.example",
                affiliated_from=dt.date(self.campaign.opens_on.year - rng.randint(1, 6), 9, 1),
                **family.address_in(town, rank),
            )
            partners.append(partner)
            offers += [Offer(partner=partner, activity_id=pk, kind=kind) for pk, _, kind in offered]
        Partner.objects.bulk_create(partners)
        Offer.objects.bulk_create(offers)
        directory_changed()

    def name(self, words: list[str], rank: int) -> str:
        """In capitals without accents, like the others in the directory."""
        name = anyascii(" ".join(words)).upper()
        name = f"{name} {rank}" if name in self.names else name
        self.names.add(name)
        return name


class Families:
    def __init__(self, campaign: Campaign, rng: Random, missing: int) -> None:
        self.campaign = campaign
        self.towns = Towns()
        self.password = make_password(PASSWORD)
        names = {town.pk: rng.sample(WORDS["schools"], len(WORDS["schools"])) for town in self.towns.all}
        # At least one in every town; the small demonstration has one more.
        towns = [*self.towns.all, *self.towns.draw(rng, SCHOOLS)][: SCHOOLS - 1]
        schools = [
            School(uai=f"0929{n:03}Z", name=f"Collège {names[t.pk].pop()} ({t.name})", insee_code=t.pk)
            for n, t in enumerate(towns, start=1)
        ]
        School.objects.bulk_create(schools, ignore_conflicts=True)
        self.schools = list(School.objects.order_by("pk"))

    def add(self, rng: Random, ranks: range) -> None:
        pupils = Beneficiary.objects.filter(pupil_number__startswith=PUPILS)
        number = int(pupils.aggregate(last=Max("pupil_number"))["last"] or f"{PUPILS}000000")
        children: list[Beneficiary] = []
        parents: list[User] = []
        guardianships: list[Guardianship] = []
        while missing := len(ranks) - len(children):
            couple = self.parents(rng, number + 1)
            siblings = self.siblings(rng, number + 1, couple[0].last_name)[:missing]
            number += len(siblings)
            parents += couple
            children += siblings
            guardianships += [Guardianship(user=u, beneficiary=child) for child in siblings for u in couple]
        User.objects.bulk_create(parents)
        Beneficiary.objects.bulk_create(children)
        Guardianship.objects.bulk_create(guardianships)
        self.open_wallets(children)

    def parents(self, rng: Random, number: int) -> list[User]:
        """One, or two, who may have two names."""
        first_names = rng.sample(WORDS["parents"], rng.choices([1, 2], [60, 40])[0])
        last_names = rng.choices(WORDS["last_names"], k=2)
        last_names = rng.choice([last_names, [last_names[0]] * 2])
        return [
            User(
                username=username,
                first_name=first_name,
                last_name=last_name,
                email=f"{username}@passplus.example",
                password=self.password,
            )
            for username, first_name, last_name in zip(
                [f"parent.{number}", f"parent2.{number}"], first_names, last_names, strict=False
            )
        ]

    def siblings(self, rng: Random, number: int, last_name: str) -> list[Beneficiary]:
        """One to three children, most of whom go to school in their town and have the age of their class."""
        [town] = self.towns.draw(rng, 1)
        nearby = [school for school in self.schools if school.insee_code == town.pk]
        names = rng.sample(WORDS["first_names"], rng.choices([1, 2, 3], [75, 21, 4])[0])
        grades = [rng.choice(Grade.values) for _ in names]
        born = [self.campaign.opens_on.year - 17 + int(grade) for grade in grades]
        return [
            Beneficiary(
                pupil_number=str(pupil_number),
                first_name=name,
                last_name=last_name,
                birth_year=year - rng.choices([-1, 0, 1], [2, 90, 8])[0],
                grade=grade,
                school=rng.choice(nearby if rng.random() < 0.9 else self.schools),
                insee_code=town.pk,
            )
            for pupil_number, name, grade, year in zip(count(number), names, grades, born, strict=False)
        ]

    def open_wallets(self, children: list[Beneficiary]) -> None:
        """Like `wallets.campaigns.open_wallets`, but on the opening day: tickets are older than today."""
        shares = [self.campaign.larger_share, self.campaign.smaller_share]
        wallets = [
            # Sport is preferred by every other child, Culture by the others.
            Wallet(beneficiary=child, campaign=self.campaign, kind=kind, balance=shares[(i + j) % 2])
            for i, child in enumerate(children)
            for j, kind in enumerate(Kind)
        ]
        Wallet.objects.bulk_create(wallets)
        day = opening(self.campaign)
        grant = {"nature": Nature.GRANT, "label": "Dotation du département", "grant_key": FORMULA_GRANT}
        Entry.objects.bulk_create(
            Entry(wallet=w, amount=w.balance, created_at=day, **grant) for w in wallets if w.balance
        )
