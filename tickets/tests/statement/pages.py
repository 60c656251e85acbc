"""The pages of a child's statement, as the tests read them."""

import re
from urllib.parse import urlencode

from tickets.models import Ticket


def page(wallet, path=""):
    return f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/{path}"


def numbers(response):
    return [ticket.number for ticket in response.context["tickets"]]


def state(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def onward(client, response, name):
    """The page that « Tickets plus anciens » (« older ») or « plus récents » (« newer ») leads to."""
    sent = {"older": "avant", "newer": "apres"}[name]
    form = re.search(r'<form class="stack" method="get".*?</form>', response.text, re.DOTALL)
    assert form
    assert f'name="{sent}" value="{response.context[name]}"' in form[0]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', form[0])
    boxes = re.findall(r'<input type="checkbox" name="(ticket)" value="(\d+)"[^>]* checked', form[0])
    query = urlencode([*hidden, *boxes, (sent, response.context[name])])
    return client.get(f"{response.wsgi_request.path}?{query}")
