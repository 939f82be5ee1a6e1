"""What leaves the house: letters to people and notices to other programs."""

from casework.messages.backoff import LEASE, MOST_ATTEMPTS, is_last, pause
from casework.messages.caps import LetterCap, free_again
from casework.messages.events import Event, WebhookFormat, event_of
from casework.messages.message import Message, MessageKind, address_problem
from casework.messages.states import RETRYABLE, PostState

__all__ = [
    "LEASE",
    "MOST_ATTEMPTS",
    "RETRYABLE",
    "Event",
    "LetterCap",
    "Message",
    "MessageKind",
    "PostState",
    "WebhookFormat",
    "address_problem",
    "event_of",
    "free_again",
    "is_last",
    "pause",
]
