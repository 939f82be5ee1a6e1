"""How long to wait before trying again, and when to give up."""

from datetime import timedelta
from hashlib import sha256

FIRST = timedelta(minutes=2)
LONGEST = timedelta(hours=6)
MOST_ATTEMPTS = 10
"""With these steps the last attempt comes about fifteen hours after the first: a night's outage
of a mail server loses nothing."""

LEASE = timedelta(minutes=5)
"""How long one worker may hold what it is sending. Longer than a mail server's own time-outs."""


def pause(key: str, attempts: int) -> timedelta:
    """How long to wait after this many failed attempts: doubling, with jitter by the key.

    Jitter spreads the pause over 0.75 to 1.25 of its length, so that letters that failed together
    do not come back together; the same key and count give the same pause.
    """
    doublings = int(min(max(attempts, 1) - 1, 20))
    doubled = min(FIRST * (1 << doublings), LONGEST)
    digest = sha256(f"{key} {attempts}".encode()).digest()
    return doubled * (0.75 + int.from_bytes(digest[:4]) / 2**33)


def is_last(attempts: int) -> bool:
    """Whether this many attempts are enough."""
    return attempts >= MOST_ATTEMPTS
