"""What other programs may be told of by webhook, and how it is written."""

import json
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from casework.errors import Invalid
from casework.record import Moment, Record


class Event(StrEnum):
    """Everything a webhook can be told; none of it carries a customer's name or words."""

    VERDICT_CHANGED = "verdict.changed"
    OFFENCE_ALERT = "offence.alert"
    ANSWER_RECEIVED = "answer.received"
    MEETING_SCHEDULED = "meeting.scheduled"
    DECISION_MADE = "decision.made"
    TEST = "test"

    @property
    def label(self) -> str:
        """As shown to people."""
        return self.value.replace(".", " ").capitalize()


MEANINGS: Mapping[Event, str] = MappingProxyType(
    {
        Event.VERDICT_CHANGED: "a build's verdict is another one than before",
        Event.OFFENCE_ALERT: "testers were offended more than the limit allows",
        Event.ANSWER_RECEIVED: "somebody answered; with the number of answers only",
        Event.MEETING_SCHEDULED: "a focus group has a meeting",
        Event.DECISION_MADE: "a decision was recorded",
        Event.TEST: "somebody tries whether the address hears",
    }
)
"""What each event tells."""


def event_of(name: str) -> Event:
    """The event of this name. Raises: Invalid."""
    try:
        return Event(name)
    except ValueError as unknown:
        there_is = ", ".join(event.value for event in Event)
        raise Invalid(f"There is no event “{name}”. There is: {there_is}.") from unknown


class WebhookFormat(StrEnum):
    """How a notice is written."""

    JSON = "json"
    SLACK = "slack"

    @property
    def label(self) -> str:
        """As shown to people."""
        return "JSON with all fields" if self is WebhookFormat.JSON else "Slack: one sentence"


Json = str | int | float | bool | None
Payload = Mapping[str, Json]
"""The facts of an event by name: numbers, names of studies and builds, a sentence under `text`."""


def facts_of(payload: Record | Payload) -> dict[str, Json]:
    """A payload as plain facts. Raises: Invalid for anything nested."""
    found = payload.model_dump(mode="json") if isinstance(payload, Record) else dict(payload)
    if not all(isinstance(value, str | int | float | bool | None) for value in found.values()):
        raise Invalid("A webhook carries plain facts: text, numbers, yes and no.")
    return found


def sentence(event: Event, facts: Payload) -> str:
    """An event in one line: its own `text`, or its facts one after the other."""
    if facts.get("text"):
        return str(facts["text"])
    told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in facts.items())
    return f"{event.label}: {told}" if told else event.label


def write(event: Event, facts: Payload, form: WebhookFormat, *, key: str, at: Moment) -> str:
    """The body of a notice, the same bytes at every attempt."""
    if form is WebhookFormat.SLACK:
        # Slack reads <, > and & as marks; what is escaped mentions nobody and links nowhere.
        text = sentence(event, facts)
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return json.dumps({"text": escaped}, ensure_ascii=False)
    whole = {"id": key, "event": event.value, "at": at.isoformat(), "data": dict(facts)}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)
