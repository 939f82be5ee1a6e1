"""Signing what a webhook is told, so that its receiver can tell it from a forgery."""

import hmac
from hashlib import sha256

TIMESTAMP_HEADER = "Casework-Timestamp"
SIGNATURE_HEADER = "Casework-Signature"
EVENT_HEADER = "Casework-Event"
KEY_HEADER = "Casework-Id"
TOLERANCE_SECONDS = 300
"""How old a notice may be before its receiver should refuse it as a replay."""


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256 in hex over the timestamp, a full stop and the body."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, sha256)
    return f"sha256={signed.hexdigest()}"


def is_genuine(secret: str, timestamp: int, body: bytes, given: str, *, now: int) -> bool:
    """Whether a notice was signed with this secret, lately; times in seconds since 1970."""
    fresh = abs(now - timestamp) <= TOLERANCE_SECONDS
    return fresh and hmac.compare_digest(sign(secret, timestamp, body).encode(), given.encode())
