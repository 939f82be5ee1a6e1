"""One letter to one person, as it waits to be sent."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from casework.record import Record, keepable

LONGEST_ADDRESS = 254
"""Source: RFC 5321, a path of 256 characters with its angle brackets."""

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)


def _in_one_line(text: object) -> object:
    return " ".join(str(keepable(text)).split()) if isinstance(text, str) else text


HeaderLine = Annotated[
    str, BeforeValidator(_in_one_line), StringConstraints(min_length=1, max_length=200)
]
"""What stands in a header: one line whatever was typed, so that nobody can add another header."""

Written = Annotated[
    str, BeforeValidator(_in_one_line), StringConstraints(min_length=1, max_length=320)
]
"""An address as it was given, whether a mail server would take it or not."""

Body = Annotated[str, BeforeValidator(keepable), StringConstraints(max_length=20_000)]


class MessageKind(StrEnum):
    """What a letter is for."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    MEETING = "meeting"
    THANKS = "thanks"
    RESULT = "result"
    CONFIRMATION = "confirmation"
    ALERT = "alert"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _LABELS[self]

    @property
    def capped(self) -> bool:
        """Whether it counts towards how many letters one person may get; answers to them do not."""
        return self in (MessageKind.INVITATION, MessageKind.REMINDER)

    @property
    def to_staff(self) -> bool:
        """Whether it goes to those who run the study rather than to a customer."""
        return self is MessageKind.ALERT


_LABELS = {
    MessageKind.INVITATION: "Invitation",
    MessageKind.REMINDER: "Reminder",
    MessageKind.MEETING: "Meeting invitation",
    MessageKind.THANKS: "Thank-you",
    MessageKind.RESULT: "You said, we did",
    MessageKind.CONFIRMATION: "Confirmation",
    MessageKind.ALERT: "Alert to the owner",
}


class Message(Record):
    """A letter with its words as they will be read.

    `body` and `subject` may hold the marks of casework.messages.links: personal links are put in
    at the moment of sending and never kept. `calendar` is an iCalendar file, or empty; `template`
    names the version of the text it was made from.
    """

    kind: MessageKind
    name: HeaderLine
    email: Written
    subject: HeaderLine
    body: Body
    calendar: str = Field(default="", max_length=20_000)
    template: str = Field(default="", max_length=80)
    customer_id: int | None = None
    participant_id: int | None = None
    study_id: int | None = None


def address_problem(email: str) -> str | None:
    """Why no letter can go to this address; None when one can."""
    if len(email) > LONGEST_ADDRESS or _ADDRESS.fullmatch(email) is None:
        return "This is not an e-mail address a mail server takes; mend it and import it again."
    return None
