"""Handing letters to the mail server that SMTP_URL names."""

import smtplib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.errors import MessageError
from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from casework.errors import Invalid
from casework.invitations import Letter
from casework.record import Record

TIMEOUT_SECONDS = 20
PORTS: Mapping[str, int] = {"smtp": 587, "smtps": 465}
HINT = (
    "Write it as smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS, or smtps:// for TLS from the start."
)


class Delivery(Record):
    """What became of a batch: participants whose letter left, and why the others' did not."""

    sent: tuple[int, ...]
    failed: dict[int, str]


def deliver(smtp_url: str, letters: Sequence[Letter]) -> Delivery:
    """Send each letter by itself; one refused address does not stop the others.

    Raises:
        Invalid: for an address of a server that is wrong or cannot be reached.
    """
    parts, sender = parse(smtp_url)
    sent: list[int] = []
    failed: dict[int, str] = {}
    with _connected(parts) as server:
        for letter in letters:
            try:
                server.send_message(_message(letter, sender))
                sent.append(letter.participant_id)
            except (smtplib.SMTPException, MessageError, ValueError, OSError) as wrong:
                failed[letter.participant_id] = _in_words(wrong)
    return Delivery(sent=tuple(sent), failed=failed)


def parse(smtp_url: str) -> tuple[SplitResult, str]:
    """The parts of SMTP_URL and the address letters come from. Raises: Invalid."""
    parts = urlsplit(smtp_url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Invalid(f"SMTP_URL is not the address of a mail server. {HINT}")
    sender = parse_qs(parts.query).get("from", [unquote(parts.username or "")])[0]
    if "@" not in sender:
        raise Invalid(f"SMTP_URL does not say which address the letters come from. {HINT}")
    return parts, sender


@contextmanager
def _connected(parts: SplitResult) -> Iterator[smtplib.SMTP]:
    try:
        server = _connect(parts)
    except (OSError, smtplib.SMTPException) as wrong:
        raise Invalid(f"The mail server {parts.hostname} cannot be used: {wrong}.") from wrong
    with server:
        yield server


def _connect(parts: SplitResult) -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    port = parts.port or PORTS[parts.scheme]
    server = kind(parts.hostname or "", port, timeout=TIMEOUT_SECONDS)
    try:
        _introduce(server, parts)
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, parts: SplitResult) -> None:
    server.ehlo()
    if parts.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls()
        server.ehlo()
    if parts.username and parts.password:
        server.login(unquote(parts.username), unquote(parts.password))


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.email
    message["Subject"] = letter.subject
    message.set_content(letter.body)
    return message


def _in_words(wrong: Exception) -> str:
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        return "the server refused the address"
    return str(wrong) or "the server refused the letter"
