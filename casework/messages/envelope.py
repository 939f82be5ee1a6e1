"""A letter as mail programs read it: headers, text, calendar file."""

from collections.abc import Mapping
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from casework.errors import Invalid
from casework.messages import links
from casework.messages.message import Message, address_problem


def message_id(key: str, queued_at: datetime, sender: str) -> str:
    """The Message-ID, the same at every attempt, so that whoever gets a letter twice can tell."""
    digest = sha256(f"{key} {queued_at.isoformat()}".encode()).hexdigest()[:32]
    return f"<{digest}@{sender.rpartition('@')[2]}>"


def as_email(
    message: Message,
    *,
    sender: str,
    filled: Mapping[str, str],
    id_: str,
    at: datetime,
) -> EmailMessage:
    """The letter ready to leave, its marks replaced by the links in `filled`.

    The header for one-click opting out follows RFC 8058, which asks for HTTPS.

    Raises:
        Invalid: for an address that could not be one.
    """
    problem = address_problem(message.email)
    if problem is not None:
        raise Invalid(problem)
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"] = sender
    letter["To"] = message.email
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = id_
    letter["Auto-Submitted"] = "auto-generated"
    _offer_opting_out(letter, filled.get(links.OPT_OUT, ""))
    letter.set_content(links.fill(message.body, filled))
    if message.calendar:
        letter.add_attachment(
            message.calendar,
            subtype="calendar",
            filename="meeting.ics",
            params={"method": "PUBLISH"},
        )
    return letter


def _offer_opting_out(letter: EmailMessage, link: str) -> None:
    if not link:
        return
    letter["List-Unsubscribe"] = f"<{link}>"
    if link.startswith("https://"):
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
