"""The texts Casework brings along; an owner may change every one of them."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.messages.templates import Template, TemplateName

_WHY = (
    "I am {owner} and look after {product}. You have played with us for a while, so before we "
    "decide about the next release we would like to hear from you."
)
_LINK = (
    "Your personal link: {link}\n\n"
    "The link is yours alone; please do not pass it on. It shows what we keep and why before "
    "anything is asked, and takes answers until {closes_on}."
)
_FREE = (
    "Taking part is your choice. If you would rather not this time, open the link and choose "
    "“No, thank you”, or simply do nothing."
)


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(("Hello {name},", *paragraphs, "Thank you,\n{owner}"))


_SUBJECTS = {
    TemplateName.INVITE_GROUP: "Would you talk with us about {product}?",
    TemplateName.INVITE_BETA: "Would you try {product} before everybody else?",
    TemplateName.REMINDER: "A gentle reminder about {product}",
    TemplateName.MEETING: "When we meet: {meeting_time}",
    TemplateName.THANKS: "Thank you for helping with {product}",
    TemplateName.RESULT: "You said, we did: {product}",
    TemplateName.ALERT: "{study}: {what}",
}
_BODIES = {
    TemplateName.INVITE_GROUP: _letter(
        _WHY,
        "We are a group of {seats} at most and talk for about an hour. Saying yes or no takes a "
        "minute.",
        _LINK,
        "{incentive}",
        _FREE,
    ),
    TemplateName.INVITE_BETA: _letter(
        _WHY,
        "You would play a version that is not finished, on your own device. Saying yes takes a "
        "minute, and telling us how it was takes two more.",
        _LINK,
        "{incentive}",
        _FREE,
    ),
    TemplateName.REMINDER: _letter(
        "A few days ago I wrote to you about {product}. {next_step}",
        _LINK,
        "{incentive}",
        "If you would rather not, choose “No, thank you” behind the link, and I will not remind "
        "you again.",
    ),
    TemplateName.MEETING: _letter(
        "Thank you for saying yes. We meet on {meeting_time} for about an hour.",
        "Where: {meeting_place}",
        "The file with this letter puts it into your calendar. If you cannot come, please answer "
        "this letter, so that somebody else can have the seat.",
    ),
    TemplateName.THANKS: _letter(
        "You took the time to help us with {product}, and it made a difference: what you told us "
        "is on the table when we decide.",
        "{incentive}",
        "We will write once more when we know what becomes of it.",
    ),
    TemplateName.RESULT: _letter(
        "You and others told us what you think of {product}. This is what came of it:",
        "{replies}",
    ),
    TemplateName.ALERT: (
        "Hello {name},\n\n{alert}\n\nThe reasons stand in Casework under “Read the verdict”."
    ),
}

FIRST: Mapping[TemplateName, Template] = MappingProxyType(
    {
        name: Template(name=name, subject=_SUBJECTS[name], body=_BODIES[name])
        for name in TemplateName
    }
)
"""Version 0 of every text."""
