"""What a letter gets only when it leaves: its links, its sender, its headers."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from pydantic import SecretStr
from sqlmodel import Session

from casework import roles
from casework.messages import MessageKind, PostState
from casework.messages.envelope import as_email, message_id
from casework.messages.links import OPT_OUT, PERSONAL
from casework.messages.parcels import mail_merge, zipped
from casework.record import Record
from casework.roles import Act, Actor
from db import invitations, mail, opt_outs, outbox, waiting_requests
from db.letter_checks import stop_of
from db.outbox import OutboxRow
from db.settings import Settings, signing_key
from db.table import change

NO_SENDER = "casework@localhost.localdomain"
"""Stands in a downloaded letter where no mail server says who sends; mailers replace it."""


class Post(Record):
    """How letters leave this installation; `smtp_url` is None where they are only kept."""

    smtp_url: str | None
    base_url: str
    secret: SecretStr

    @property
    def sender(self) -> str:
        """The address letters come from. Raises: Invalid for a wrong SMTP_URL."""
        return mail.parse(self.smtp_url)[1] if self.smtp_url else NO_SENDER

    @property
    def customers_barred(self) -> str | None:
        """Why no letter to a customer may leave from here; None when they may."""
        return invitations.block_reason(self.base_url)


def post_of(settings: Settings) -> Post:
    """How letters leave an installation with these settings."""
    return Post(
        smtp_url=settings.smtp_url, base_url=settings.base_url, secret=SecretStr(signing_key())
    )


def links_of(session: Session, row: OutboxRow, post: Post, *, now: datetime) -> dict[str, str]:
    """The links a letter gets, by the marks they replace."""
    secret = post.secret.get_secret_value()
    found: dict[str, str] = {}
    if row.kind is MessageKind.CONFIRMATION:
        found |= waiting_requests.links_of(session, row, secret=secret, base_url=post.base_url)
    if row.customer_id is not None:
        found[OPT_OUT] = opt_outs.link_to(row.customer_id, secret=secret, base_url=post.base_url)
    if row.participant_id is not None:
        link = invitations.link_in_force(
            session, row.participant_id, secret=secret, base_url=post.base_url, now=now
        )
        found |= {PERSONAL: link} if link else {}
    return found


def as_it_leaves(session: Session, row: OutboxRow, post: Post, *, now: datetime) -> EmailMessage:
    """The letter with headers and links. Raises: Invalid for an address that cannot be one."""
    return as_email(
        row,
        sender=post.sender,
        filled=links_of(session, row, post, now=now),
        id_=message_id(row.key, row.queued_at, post.sender),
        at=now,
    )


class Parcel(Record):
    """Letters taken out for the owner's own mailer, as a table or as a zip of .eml files with it.

    `stopped` counts those that may not be sent and stay behind with their reason.
    """

    content: bytes
    letters: int
    stopped: int


def take_out(
    session: Session,
    actor: Actor,
    ids: Sequence[int],
    post: Post,
    *,
    now: datetime,
    as_files: bool = False,
) -> Parcel:
    """Hand waiting letters to the owner, who sends them; Casework then never sends them too.

    What would stop a letter from being sent stops it here as well.
    """
    roles.require(actor, Act.TEND_OUTBOX)
    rows = [outbox.hold(session, one) for one in ids]
    waiting = [row for row in rows if row.state is PostState.QUEUED]
    taken = [row for row in waiting if not stopped(session, row, post, now=now)]
    for row in taken:
        change(row, state=PostState.HANDED_OVER, sent_at=now, due_at=None, reason="")
        session.add(row)
    session.flush()
    stamp(session, taken, now=now)
    content = _packed(session, taken, post, now=now, as_files=as_files)
    return Parcel(content=content, letters=len(taken), stopped=len(waiting) - len(taken))


def _packed(
    session: Session, rows: Sequence[OutboxRow], post: Post, *, now: datetime, as_files: bool
) -> bytes:
    table = mail_merge([(row, links_of(session, row, post, now=now)) for row in rows])
    if not as_files:
        return table.encode("utf-8-sig")
    files = (
        (f"{row.id}-{row.kind.value}", as_it_leaves(session, row, post, now=now)) for row in rows
    )
    return zipped(files, table)


def stopped(session: Session, row: OutboxRow, post: Post, *, now: datetime) -> bool:
    """Whether something keeps a letter from leaving now; then it is stored with its reason."""
    stop = stop_of(
        session, row, secret=post.secret.get_secret_value(), base_url=post.base_url, now=now
    )
    if stop is None:
        return False
    change(row, state=stop.state, reason=stop.reason, due_at=stop.due_at, lease_token=None)
    session.add(row)
    session.flush()
    return True


def stamp(session: Session, rows: Sequence[OutboxRow], *, now: datetime) -> None:
    """Note on personal links that the letters with them have left."""
    invited = [row.participant_id for row in rows if row.kind.capped and row.participant_id]
    invitations.record_sent(session, OUTBOX, invited, now=now)


OUTBOX = Actor(role=roles.Role.OWNER, name="the outbox")
"""Acts for the owner who put a letter into the outbox, when it leaves later."""
