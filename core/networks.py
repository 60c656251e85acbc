"""The network of a visitor."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The network of a request: an IPv4 address, or the /64 of an IPv6 subscriber.

    Behind our proxy it is the last address of X-Forwarded-For, the one that the proxy itself added; those
    before it are what the visitor claims.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        ip = ip_address(address)
    except ValueError:
        # A socket, a proxy that does not say: everybody comes from one place.
        return ""
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((int(ip), 64), strict=False))
