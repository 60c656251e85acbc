"""The page where a code lets a device be known."""

import re

from django.test import Client

from accounts.tests.factories import PASSWORD
from core.tests.queue import work

PAGE = "/accueil/reconnaitre-cet-appareil/"


SCHOOL, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def log_in(browser, username="camille", password=PASSWORD, address=ELSEWHERE):
    return browser.post("/accueil/", {"username": username, "password": password}, REMOTE_ADDR=address)


def code_by_mail(mailoutbox, username="camille"):
    Client().post("/accueil/identifiants-oublies/", {"contact": username})
    work()
    return re.search(r"Code pour un nouvel appareil\s*: (\S+)", mailoutbox[-1].body)[1]


def open_device(browser, code, username="camille", address=ELSEWHERE):
    return browser.post(PAGE, {"username": username, "code": code}, REMOTE_ADDR=address)
