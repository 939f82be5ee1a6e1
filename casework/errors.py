"""What can go wrong, in words fit for the person who caused it.

CaseworkError
├── Invalid      what was given cannot be used (HTTP 422, exit 2)
├── NotFound     there is no such thing, or not for you (404)
├── NotAllowed   your role does not include this (403)
├── Closed       it was possible, but no longer is (410)
└── NotEnough    more people, answers or seats are needed first (409)
"""


class CaseworkError(Exception):
    """Something a person can mend; `str()` says how."""


class Invalid(CaseworkError):
    """What was given cannot be used."""


class NotFound(CaseworkError):
    """There is no such thing, or it is not for this person."""


class NotAllowed(CaseworkError):
    """This person's role does not include this act."""


class Closed(CaseworkError):
    """The time for this has passed."""


class NotEnough(CaseworkError):
    """More people, answers or seats are needed first."""
