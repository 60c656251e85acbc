"""From the page to the link of the e-mail."""

import re

from core.tests.queue import work

PAGE = "/accueil/pas-encore-inscrit/"
ADDRESS = "anne@famille.example"
SAID = {
    "first_name": "Anne",
    "last_name": "LENORMAND",
    "phone": "06 12 34 56 78",
    "new_password1": "trois mots bien choisis",
    "new_password2": "trois mots bien choisis",
}


def ask(client, address=ADDRESS):
    answer = client.post(PAGE, {"email": address}, follow=True)
    work()
    return answer


def link_of(message):
    return re.search(rf"https?://[^/]+({PAGE}\S+)", message.body)[1]
