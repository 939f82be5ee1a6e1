"""What a participant agrees to, in versions that never change once used."""

from datetime import datetime

from pydantic import Field

from casework.errors import Invalid
from casework.record import Moment, Record


class ConsentText(Record):
    """One version of the text; `retention_days` is how long answers are kept."""

    version: str = Field(max_length=20)
    text: str
    retention_days: int


class Consent(Record):
    """That this participant accepted (or later withdrew) one version of the text."""

    version: str = Field(max_length=20)
    accepted_at: Moment
    is_adult: bool
    may_quote: bool = False
    withdrawn_at: Moment | None = None


CURRENT = ConsentText(
    version="2026-11",
    retention_days=730,
    text=(
        "You are invited because you have played our games for a while, and we want to hear from "
        "you before we decide. Taking part is your choice. We keep your answers and the step you "
        "have reached, together with the customer number we already have for you, for two years; "
        "we use them to decide about this game and for nothing else. Your name is not shown with "
        "your words. You may stop at any time with one click: your answers then leave the "
        "evidence and are not quoted."
    ),
)
VERSIONS: dict[str, ConsentText] = {CURRENT.version: CURRENT}


def agree(version: str, *, is_adult: bool, may_quote: bool, now: datetime) -> Consent:
    """Consent to the text that is in force.

    Raises:
        Invalid: for another version than the current one, or for somebody under age.
    """
    if version != CURRENT.version:
        raise Invalid("The text has changed since you opened it. Please read it again.")
    if not is_adult:
        raise Invalid("Please confirm that you are 18 or older; we cannot ask anybody younger.")
    return Consent(version=version, accepted_at=now, is_adult=True, may_quote=may_quote)
