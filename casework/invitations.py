"""Personal links and the letters that carry them."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from casework.activities import Activity
from casework.errors import Closed
from casework.funnel import ActivityKind
from casework.record import Line, Moment, Record
from casework.text import escape_cell

TOKEN_BYTES = 32
"""Random bytes of a token; nobody guesses 256 bits. Source: OWASP asks for 128 or more."""

RESULTS_DAYS = 90
"""How long after closing a participant may still read what came of it, or withdraw."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_COLUMNS = ("name", "e-mail", "message", "link")


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


class Letter(Record):
    """One invitation ready to be sent."""

    participant_id: int
    name: Line
    email: str
    link: str
    subject: str
    body: str


class Sender(Record):
    """Who asks, and about what."""

    owner_name: Line
    study_title: Line
    product: Line


def write_letter(
    participant_id: int, name: str, email: str, link: str, *, sender: Sender, activity: Activity
) -> Letter:
    """The invitation in plain words: who asks, why, how long, the link, how to be left alone."""
    paragraphs = (
        f"Hello {name},",
        f"I am {sender.owner_name} and look after {sender.product}. You have played with us for "
        "a while, so before we decide about the next release we would like to hear from you.",
        _what_it_takes(activity),
        f"Your personal link: {link}",
        "The link is yours alone; please do not pass it on. It shows what we keep and why before "
        f"anything is asked, and takes answers until {_day(activity.closes_at)}.",
        _incentive(activity),
        "Taking part is your choice. If you would rather be left alone, open the link and choose "
        "“No, thank you”, or simply do nothing.",
        f"Thank you,\n{sender.owner_name}",
    )
    return Letter(
        participant_id=participant_id,
        name=name,
        email=email,
        link=link,
        subject=_subject(sender, activity),
        body="\n\n".join(part for part in paragraphs if part),
    )


def _subject(sender: Sender, activity: Activity) -> str:
    if activity.kind is ActivityKind.FOCUS_GROUP:
        return f"Would you talk with us about {sender.product}?"
    return f"Would you try {sender.product} before everybody else?"


def _what_it_takes(activity: Activity) -> str:
    if activity.kind is ActivityKind.FOCUS_GROUP:
        return (
            f"We are a group of {activity.seats} at most and talk for about an hour. "
            "Saying yes or no takes a minute."
        )
    return (
        "You would play a version that is not finished, on your own device. Saying yes takes a "
        "minute, and telling us how it was takes two more."
    )


def _incentive(activity: Activity) -> str:
    return f"As a thank-you: {activity.incentive}." if activity.incentive else ""


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def mail_merge(letters: Iterable[Letter]) -> str:
    """The letters as CSV for the owner's own mailer; cells that look like formulas are escaped."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    for letter in letters:
        cells = (letter.name, letter.email, letter.body, letter.link)
        writer.writerow([escape_cell(cell) for cell in cells])
    return sheet.getvalue()
