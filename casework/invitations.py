"""Personal links: who holds one is let in, so only a fingerprint of it is kept."""

import hmac
import re
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256

from casework.activities import Activity
from casework.errors import Closed
from casework.record import Moment, Record

TOKEN_BYTES = 32
"""Random bytes of a token; nobody guesses 256 bits. Source: OWASP asks for 128 or more."""

RESULTS_DAYS = 90
"""How long after closing a participant may still read what came of it, or withdraw."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class Invitation(Record):
    """A personal link as issued; `token_hash` is SHA-256 in hex."""

    token_hash: str
    issued_at: Moment
    expires_at: Moment
    revoked_at: Moment | None = None
    sent_at: Moment | None = None


def is_token(text: str) -> bool:
    """Whether this could be a token at all: 43 characters of the URL alphabet."""
    return _TOKEN.fullmatch(text) is not None


def hash_token(token: str) -> str:
    """What is kept of a token: SHA-256 in hex."""
    return sha256(token.encode()).hexdigest()


def derive_token(secret: str, nonce: str) -> str:
    """The token that belongs to a nonce: who has the database but not the secret makes none.

    HMAC-SHA256 in the URL alphabet, 43 characters. It lets a letter that waits in the outbox get
    its link when it leaves, while no link is kept anywhere.
    """
    made = hmac.new(secret.encode(), f"invitation {nonce}".encode(), sha256).digest()
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def link_to(base_url: str, token: str) -> str:
    """The personal address in a letter."""
    return f"{base_url.rstrip('/')}/i/{token}"


def expiry_of(activity: Activity) -> datetime:
    """When a personal link stops working: results can be read for a while after closing."""
    return activity.closes_at + timedelta(days=RESULTS_DAYS)


def require_usable(
    invitation: Invitation, activity: Activity, *, took_part: bool, now: datetime
) -> None:
    """Refuse a link whose time is over; whoever took part may come back after closing.

    Raises:
        Closed: for a replaced or expired link, and after closing for whoever never took part.
    """
    if invitation.revoked_at is not None:
        raise Closed("This link was replaced by a newer one. Please use the latest letter we sent.")
    if now >= invitation.expires_at:
        raise Closed("This link has expired. Thank you all the same; there is nothing left to do.")
    if now >= activity.closes_at and not took_part:
        raise Closed(
            "This invitation has ended: we have stopped collecting answers. "
            "Thank you for looking in; there is nothing left to do."
        )
