"""An agent of a role, and what the security log keeps."""

from django.contrib.auth.models import Group
from django.test import Client

from accounts.security_log import SecurityEvent

WRONG = "pas le bon"


def role(user, name):
    user.groups.add(Group.objects.get(name=name))
    return user


def sign_in(username, password=WRONG):
    return Client().post("/accueil/", {"username": username, "password": password})


def events():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", "user__username", "page", "times"))
