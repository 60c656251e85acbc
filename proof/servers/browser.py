"""A family's browser, as far as the server can tell: it logs in, keeps cookies, sends forms with their token.

Each request comes by a connection of its own, as from a proxy that keeps none.
"""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from .servers import HOST, PATIENCE, Failed

# What a family reads, with a 503, when the database is away or has no time.
BUSY = "Le service est très demandé"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Target:
    """A request that may be sent again and again. With a body it is a POST; expected is 200, or a 302."""

    path: str
    cookie: str
    address: str
    body: str = ""
    # What the address that a POST redirects to must hold.
    leads_to: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    @property
    def headers(self) -> dict[str, str]:
        headers = {"Cookie": self.cookie, "X-Forwarded-For": self.address, "Connection": "close"}
        return headers | ({"Content-Type": FORM} if self.body else {})

    def is_answered_by(self, status: int, location: str) -> bool:
        if self.body:
            return status == http.HTTPStatus.FOUND and self.leads_to in location
        return status == http.HTTPStatus.OK


def address(number: int) -> str:
    """A network of its own for each family."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str
    cookies: Mapping[str, str]


def ask(port: int, target: Target) -> Answer:
    """Raises OSError, or http.client.HTTPException, where no answer comes."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request(target.method, target.path, target.body or None, target.headers)
        response = connection.getresponse()
        text = response.read().decode()
    finally:
        connection.close()
    headers = response.headers
    return Answer(response.status, headers.get("Location", ""), text, _cookies(headers))


def send_and_leave(port: int, target: Target) -> None:
    """Send a request, and be gone before the answer comes."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    connection.request(target.method, target.path, target.body or None, target.headers)
    connection.close()


def follow(target: Target, answer: Answer) -> Target:
    """Where a redirection leads, with the cookies that came with it."""
    cookie = f"{target.cookie}; {_joined(answer.cookies)}"
    return Target(answer.location, cookie, target.address)


def log_in(port: int, username: str, password: str, number: int = 0) -> Mapping[str, str]:
    """Go through the login page as a browser does; return the cookies. Raises Failed."""
    before = ask(port, page("/accueil/", {}, number))
    filled = form("/accueil/", before.cookies, number, "/", username=username, password=password)
    answer = ask(port, filled)
    if answer.status != http.HTTPStatus.FOUND or "sessionid" not in answer.cookies:
        raise Failed(f"{username} n’a pas pu se connecter : {answer.status}")
    return answer.cookies


def stranger(port: int) -> Mapping[str, str]:
    """The cookies of a browser that has seen the login page."""
    return ask(port, page("/accueil/", {}, 0)).cookies


def _cookies(headers: http.client.HTTPMessage) -> dict[str, str]:
    pairs = (header.partition(";")[0].partition("=") for header in headers.get_all("Set-Cookie", []))
    return {name: value for name, _, value in pairs}


def _joined(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def page(path: str, cookies: Mapping[str, str], number: int) -> Target:
    return Target(path, _joined(cookies), address(number))


def form(path: str, cookies: Mapping[str, str], number: int, leads_to: str, **fields: str) -> Target:
    fields["csrfmiddlewaretoken"] = cookies["csrftoken"]
    return Target(path, _joined(cookies), address(number), urlencode(fields), leads_to)


PAPER = "/beneficiaires/{child}/loisirs/effectuer-une-transaction/papier/{wallet}/"


def paper_ticket(
    cookies: Mapping[str, str], number: int, *, child: str, wallet: int, key: str, amount: str
) -> Target:
    """The form that makes one paper ticket; it was answered if it leads to the congratulations."""
    path = PAPER.format(child=child, wallet=wallet)
    return form(path, cookies, number, "/felicitations/", key=key, amount=amount)
