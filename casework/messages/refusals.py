"""What a mail server's answer means for a letter and for the address it went to."""

import re
from enum import StrEnum

from casework.record import Record

PERMANENT = 500
"""Source: RFC 5321, 4.2.1: 5yz is a permanent refusal, 4yz a passing one."""

_STATUS = re.compile(r"\b5\.(\d{1,3})\.\d{1,3}\b")
_OF_THE_ADDRESS = frozenset({"1", "2"})
"""Source: RFC 3463: X.1.X speaks of the address, X.2.X of the mailbox; X.7.X is policy."""


class Fate(StrEnum):
    """What became of one attempt."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    BOUNCED = "bounced"


class Outcome(Record):
    """One attempt and, unless it was taken, why in words."""

    fate: Fate
    reason: str = ""


def judge(code: int, said: str, *, of_recipient: bool) -> Outcome:
    """What a refusal means: try later, give up, or never write to this address again.

    Only a refusal that speaks of the address marks it: a server that refuses us as a sender, or
    for reasons of policy, says nothing about the customer.
    """
    reason = f"The mail server said: {code} {' '.join(said.split())}"[:300]
    if code < PERMANENT:
        return Outcome(fate=Fate.LATER, reason=reason)
    status = _STATUS.search(said)
    about_address = status[1] in _OF_THE_ADDRESS if status else of_recipient
    return Outcome(fate=Fate.BOUNCED if about_address else Fate.NEVER, reason=reason)
