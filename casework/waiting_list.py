"""Asking to be on the waiting list: what is asked, how often, and the letter that confirms."""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import Field, TypeAdapter, ValidationError

from casework.accounts import Email
from casework.errors import Closed, Invalid
from casework.messages import Message, MessageKind, address_problem
from casework.messages.links import without_marks
from casework.panel import Interests, interests_of
from casework.record import Line, Moment, Prose, Record

LINK_LIFE = timedelta(days=7)
"""How long a link to confirm works; what nobody confirmed is forgotten after it."""

LETTERS_PER_ADDRESS = 3
"""Letters one e-mail address gets within `WINDOW`, so that nobody is pestered through us."""

REQUESTS_PER_PLACE = 10
"""Requests from one network address within `PLACE_WINDOW`."""

LONGEST_NAME = 200
WINDOW = timedelta(days=1)
PLACE_WINDOW = timedelta(hours=1)
CONFIRM, LEAVE = "⟦confirmation link⟧", "⟦leave link⟧"
CONSENT = (
    "I agree that I may be written to about tests and talks before a launch, and that my name, "
    "e-mail address and interests are kept for that until I leave the list."
)
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)


class WaitingList(Record):
    """A public page on which customers put themselves forward; `about` says what for."""

    title: Line = "Try our games before everybody else"
    about: Prose = (
        "We ask the people who play our games before we decide about a release: in a talk of an "
        "hour, or by playing a version that is not finished yet. Leave your address, and we write "
        "to you when something fits. There is no duty, and you can leave in one click."
    )
    open: bool = False


class WaitingRequest(Record):
    """What somebody asked for, not yet confirmed by whoever reads that address."""

    name: Line
    email: Email
    interests: Interests = ()
    asked_at: Moment
    confirmed_at: Moment | None = None
    left_at: Moment | None = None
    knew_contact: bool = Field(default=False)


def request_from(
    name: str, email: str, interests: str, *, consents: bool, now: datetime
) -> WaitingRequest:
    """What somebody typed into the public form, checked. Raises: Invalid saying what to mend."""
    if not consents:
        raise Invalid("Tick that we may write to you; without it we cannot.")
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        raise Invalid(f"Give a name of up to {LONGEST_NAME} characters; a first name will do.")
    return WaitingRequest(
        name=" ".join(name.split()),
        email=address_from(email),
        interests=interests_of(interests),
        asked_at=now,
    )


def address_from(text: str) -> str:
    """An address in small letters. Raises: Invalid for what no mail server takes."""
    try:
        address = _EMAIL.validate_python(text)
    except ValidationError:
        address = ""
    if address_problem(address) is not None:
        raise Invalid("This is not an e-mail address. It looks like name@example.org.")
    return address


def require_fresh(request: WaitingRequest, *, now: datetime) -> None:
    """Refuse a link that has expired, or that was used by somebody who has left since.

    Raises:
        Closed: saying how to ask again.
    """
    if request.left_at is not None:
        raise Closed("You have left the list with this link. To come back, ask for a new one.")
    if request.confirmed_at is None and now - request.asked_at >= LINK_LIFE:
        raise Closed(f"This link worked for {LINK_LIFE.days} days. Ask for a new one on the page.")


def is_too_often(
    asked_at: Sequence[datetime], limit: int, window: timedelta, now: datetime
) -> bool:
    """Whether as many requests as are allowed lie within the window."""
    return sum(now - at < window for at in asked_at) >= limit


def place_of(address: str) -> str:
    """What counts as one network address: an IPv6 household is a /64."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - the name of the protocol
        return str(found)
    return str(ipaddress.ip_network(f"{found}/64", strict=False))


def letter(request: WaitingRequest, title: str, *, study_id: int | None) -> Message:
    """The letter with the two links, which are put in when it leaves."""
    said = without_marks(title)
    return Message(
        kind=MessageKind.CONFIRMATION,
        name=without_marks(request.name),
        email=request.email,
        subject=f"Please confirm: {said}"[:200],
        body="\n\n".join(
            (
                f"Hello {without_marks(request.name)},",
                f"Somebody, most likely you, put this address on our waiting list: {said}.",
                f"If it was you, confirm it here within {LINK_LIFE.days} days: {CONFIRM}",
                "If it was not you, do nothing: nothing is kept, and we do not write again.",
                f"To leave the list, now or at any time: {LEAVE}",
            )
        ),
        template="waiting_list v0",
        study_id=study_id,
    )
