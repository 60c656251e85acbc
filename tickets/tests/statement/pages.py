"""The pages of a child's statement, as the tests read them."""

from tickets.models import Ticket


def page(wallet, path=""):
    return f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/{path}"


def numbers(response):
    return [ticket.number for ticket in response.context["tickets"]]


def state(ticket):
    return Ticket.objects.get(pk=ticket.pk).state
