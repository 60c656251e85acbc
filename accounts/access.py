"""From a URL to a child the user may act for; and which URLs are of this site."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import register_converter, reverse
from django.urls.converters import IntConverter
from django.utils.http import url_has_allowed_host_and_scheme

from core import position, refused_forms

from .models import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH, Beneficiary, IdentityProvider, User

# The child for whom a page is read that belongs to nobody: the directory, the help, one's own account.
CARRIED = "pour"


class PublicId:
    """A child's public id: anything else is no address of ours."""

    regex = f"[{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number(IntConverter):
    """What a row can be called: longer than a database counts, and it is no address of ours either."""

    regex = "[0-9]{1,18}"


class OpenIdKey:
    """A provider's name in addresses, whether or not the site knows it."""

    regex = "|".join(IdentityProvider.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(OpenIdKey, "openid")
register_converter(PublicId, "public_id")
register_converter(Number, "number")


def keep_address(response: HttpResponse) -> HttpResponse:
    """For a page whose address opens something: what follows from here does not learn it.

    The origin is still said, which the check of forged forms needs.
    """
    response["Referrer-Policy"] = "strict-origin"
    return response


def forget_pages(response: HttpResponseBase) -> None:
    """Have the browser forget what it kept of the pages, once a session ends: « Back » shows none of them.

    Not "storage": the page without network is there, and nothing of anybody. Nor "cookies": this device
    stays known, by no name.
    """
    response["Clear-Site-Data"] = '"cache"'
    refused_forms.forget(response)
    position.forget(response)


class SignedInRequest(HttpRequest):
    """A request behind the login, for the type checker: `user` is never anonymous."""

    user: User


def is_half_way_in(request: HttpRequest) -> bool:
    """An agent who gave only the password; django-otp says who gave the second factor."""
    agent = request.user.is_authenticated and request.user.is_staff
    return agent and not gave_second_factor(request)


def gave_second_factor(request: HttpRequest) -> bool:
    """In this session."""
    return getattr(request.user, "otp_device", None) is not None


def second_factor_first(request: HttpRequest) -> HttpResponseRedirect:
    """To the page of the second factor, and back."""
    return redirect(f"{reverse('admin:second_factor')}?{urlencode({'next': request.get_full_path()})}")


def child_or_404(request: SignedInRequest, public_id: str) -> Beneficiary:
    """The child of this address, if the person who asks may act for it; else it does not exist."""
    for child in request.user.accessible_children:
        if child.public_id == public_id:
            return child
    raise Http404


def carried_child(request: HttpRequest) -> Beneficiary | None:
    """The child that the address of a page of nobody's carries along; a stranger's is not there."""
    public_id = request.GET.get(CARRIED)
    if not public_id or not request.user.is_authenticated:
        return None
    return next((one for one in request.user.accessible_children if one.public_id == public_id), None)


def carrying(request: HttpRequest, name: str) -> str:
    """The path of that name, with the child that this address carries."""
    child = carried_child(request)
    return f"{reverse(name)}?{CARRIED}={child.public_id}" if child else reverse(name)


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether somebody may be sent there: a page of this site, and no less secure than this one."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
