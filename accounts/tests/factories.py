"""People and schools for tests."""

import os
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, Permission
from django_otp.oath import totp

from accounts.models import (
    Beneficiary,
    Grade,
    Guardianship,
    School,
    Telephone,
    User,
    sealed_for,
)
from core import sealing

PASSWORD = "un bon mot de passe"
_numbers = count(1)


def in_letters(number: object) -> str:
    """« G1302 » → « Gbdac »: no name has digits."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


def make_user(username: str = "", *, password: str | None = PASSWORD, **fields: Any) -> User:
    """A login; its e-mail is made from its identifiant. Without a password nobody has come in by it yet."""
    username = username or f"personne{next(_numbers)}"
    fields.setdefault("email", f"{username}@famille.example")
    return User.objects.create_user(username=username, password=password, **fields)


def make_agent(role: str = "gestionnaire", username: str = "", **fields: Any) -> User:
    agent = make_user(username, is_staff=True, **fields)
    agent.groups.add(Group.objects.get(name=role))
    return agent


def grant(agent: User, codename: str) -> None:
    """By a role of just that: nothing is given to one person."""
    role, _ = Group.objects.get_or_create(name=codename)
    role.permissions.add(Permission.objects.get(codename=codename))
    agent.groups.add(role)


def make_telephone(user: User) -> Telephone:
    """The second factor of an agent, enrolled; `shown_by` says the code that it shows."""
    key = sealing.seal(os.urandom(20), purpose=sealed_for(user.pk))
    return Telephone.objects.create(user=user, name="téléphone", key=key)


def shown_by(telephone: Telephone) -> str:
    return f"{totp(telephone.bin_key):06}"


def make_beneficiary(*guardians: User, user: User | None = None, **fields: Any) -> Beneficiary:
    """A child with these guardians, and perhaps a login of its own."""
    school, _ = School.objects.get_or_create(
        uai="0920001X", defaults={"name": "Collège", "insee_code": "92002"}
    )
    number = next(_numbers)
    beneficiary = Beneficiary.objects.create(
        **{
            "pupil_number": f"E{number:08}",
            "first_name": "Garance",
            "last_name": f"TEST {in_letters(number)}",
            "birth_year": 2013,
            "school": school,
            "grade": Grade.CINQUIEME,
            "insee_code": "92002",
            "user": user,
            **fields,
        }
    )
    for guardian in guardians:
        Guardianship.objects.create(user=guardian, beneficiary=beneficiary)
    return beneficiary
