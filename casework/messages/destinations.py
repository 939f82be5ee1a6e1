"""Where a webhook may lead: out into the open by HTTPS, or to this machine; nowhere else inside."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from casework.errors import Invalid

LONGEST = 500
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Source: RFC 6052: IPv6 addresses that stand for an IPv4 one, whichever that is."""


def check_destination(url: str, *, private_allowed: bool) -> SplitResult:
    """The parts of an address that a webhook may have.

    Raises:
        Invalid: for anything but HTTPS (HTTP to this machine, or inside when allowed), for
            passwords in the address, and for an address too long.
    """
    parts = _split(url)
    if parts is None or len(url) > LONGEST or not parts.hostname:
        raise Invalid("This is no address of a webhook. It looks like https://example.org/hook.")
    if parts.username or parts.password:
        raise Invalid("Leave user and password out of the address; notices are signed instead.")
    plain_allowed = private_allowed or is_this_machine(parts.hostname)
    if parts.scheme != "https" and not (parts.scheme == "http" and plain_allowed):
        raise Invalid("A webhook's address begins with https://, except on this machine.")
    return parts


def _split(url: str) -> SplitResult | None:
    if any(not character.isprintable() or character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def is_this_machine(host: str) -> bool:
    """Whether a host as it was typed is this machine by name or loopback address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_reach(address: str, *, host: str, private_allowed: bool) -> bool:
    """Whether the address a host name stands for may be called.

    A public-looking name that points inside a network is how servers are made to attack their
    own house; this machine is reached only by whoever typed it so.
    """
    real = _real(address)
    if real is None:
        return False
    if private_allowed:
        return not (real.is_link_local or real.is_multicast or real.is_unspecified)
    if real.is_loopback:
        return is_this_machine(host)
    return real.is_global and not real.is_multicast


def _real(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that is meant; None for one in which another is hidden that we cannot judge."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found.sixtofour or found.teredo or found in _TRANSLATED:
        return None
    return found.ipv4_mapped or found
