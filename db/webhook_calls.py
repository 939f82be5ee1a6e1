"""Calling a webhook's address: the address that was checked is the one that is called."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import SplitResult

from casework.errors import Invalid
from casework.messages.destinations import check_destination, may_reach
from casework.messages.refusals import Fate, Outcome

TIMEOUT_SECONDS = 10
"""For connecting and for each answer of the other side."""

DEADLINE_SECONDS = 20
"""For the whole call, however slowly the other side drips its answer."""

TAKEN = range(200, 300)
GONE = 410


def call(url: str, body: bytes, headers: Mapping[str, str], *, private_allowed: bool) -> Outcome:
    """Post a body once. Redirects are not followed, since they could lead inside."""
    try:
        parts = check_destination(url, private_allowed=private_allowed)
        address = _resolve(parts, private_allowed=private_allowed)
    except Invalid as wrong:
        return Outcome(fate=Fate.NEVER, reason=str(wrong))
    except OSError as wrong:
        return Outcome(fate=Fate.LATER, reason=f"The address cannot be found: {wrong}."[:300])
    try:
        status = _post(parts, address, body, headers)
    except (OSError, http.client.HTTPException) as wrong:
        return Outcome(fate=Fate.LATER, reason=f"It did not answer: {wrong or 'too slow'}."[:300])
    return _judged(status)


def _judged(status: int) -> Outcome:
    if status in TAKEN:
        return Outcome(fate=Fate.TAKEN)
    reason = f"It answered {status} {http.client.responses.get(status, '')}".strip() + "."
    return Outcome(fate=Fate.NEVER if status == GONE else Fate.LATER, reason=reason)


def _port_of(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _resolve(parts: SplitResult, *, private_allowed: bool) -> str:
    """The one address to call. Raises: Invalid when the name leads where it may not."""
    host = parts.hostname or ""
    found = socket.getaddrinfo(host, _port_of(parts), type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not may_reach(address, host=host, private_allowed=private_allowed):
            raise Invalid(
                "This name leads to an address inside a private network, which webhooks may not "
                "reach. CASEWORK_PRIVATE_WEBHOOKS=1 allows it."
            )
    return addresses[0]


def _post(parts: SplitResult, address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer. Name and certificate are those of the host, not the address."""
    host, port = parts.hostname or "", _port_of(parts)
    reached = socket.create_connection((address, port), timeout=TIMEOUT_SECONDS)
    watchdog = threading.Timer(DEADLINE_SECONDS, _hang_up, [reached])
    watchdog.daemon = True
    watchdog.start()
    try:
        if parts.scheme == "https":
            reached = ssl.create_default_context().wrap_socket(reached, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
        connection.sock = reached
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body, headers={"Host": parts.netloc, **headers})
        return connection.getresponse().status
    finally:
        watchdog.cancel()
        reached.close()


def _hang_up(reached: socket.socket) -> None:
    try:
        reached.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
