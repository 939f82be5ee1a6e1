"""Handing letters to the mail server that SMTP_URL names."""

import smtplib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.errors import MessageError
from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from casework.errors import Invalid
from casework.messages import address_problem
from casework.messages.refusals import Fate, Outcome, judge

TIMEOUT_SECONDS = 20
PORTS: Mapping[str, int] = {"smtp": 587, "smtps": 465}
HINT = (
    "Write it as smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS, or smtps:// for TLS from the start."
)


def parse(smtp_url: str) -> tuple[SplitResult, str]:
    """The parts of SMTP_URL and the address letters come from. Raises: Invalid."""
    try:
        parts = urlsplit(smtp_url)
        known = parts.scheme in PORTS and parts.hostname and parts.port != 0
    except ValueError:
        known = None
    if not known:
        raise Invalid(f"SMTP_URL is not the address of a mail server. {HINT}")
    sender = parse_qs(parts.query).get("from", [unquote(parts.username or "")])[0]
    if address_problem(sender) is not None:
        raise Invalid(f"SMTP_URL does not say which address the letters come from. {HINT}")
    return parts, sender


@contextmanager
def connected(parts: SplitResult) -> Iterator[smtplib.SMTP]:
    """A mail server that listens to us. Raises: Invalid when it cannot be used."""
    try:
        server = _connect(parts)
    except (OSError, smtplib.SMTPException) as wrong:
        raise Invalid(f"The mail server {parts.hostname} cannot be used: {wrong}.") from wrong
    try:
        yield server
    finally:
        _leave(server)


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


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; a server that has hung up already heard enough."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def hand_over(server: smtplib.SMTP, letter: EmailMessage) -> Outcome:
    """Give one letter to the server; what it says decides what becomes of it."""
    try:
        server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        return judge(code, said.decode("utf-8", "replace"), of_recipient=True)
    except smtplib.SMTPResponseException as refused:
        return judge(refused.smtp_code, _words(refused.smtp_error), of_recipient=False)
    except (smtplib.SMTPException, OSError) as broken:
        return Outcome(fate=Fate.LATER, reason=f"The connection broke: {_words(broken)}"[:300])
    except (MessageError, ValueError) as wrong:
        return Outcome(fate=Fate.NEVER, reason=f"The letter cannot be sent: {wrong}"[:300])
    return Outcome(fate=Fate.TAKEN)


def _words(said: object) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split()) or "the server gave no reason"
