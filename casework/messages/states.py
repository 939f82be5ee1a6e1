"""Where something stands that is to leave the house: a letter or a webhook's notice."""

from enum import StrEnum


class PostState(StrEnum):
    """From waiting to gone, or why not."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    HELD = "held"
    FAILED = "failed"
    BOUNCED = "bounced"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        """What it means, in a sentence."""
        return _MEANINGS[self]


_LABELS = {
    PostState.QUEUED: "Waiting",
    PostState.SENDING: "Being sent",
    PostState.SENT: "Sent",
    PostState.HANDED_OVER: "Downloaded",
    PostState.HELD: "Held back",
    PostState.FAILED: "Failed",
    PostState.BOUNCED: "Came back",
    PostState.DROPPED: "Dropped",
}
_MEANINGS = {
    PostState.QUEUED: "It leaves as soon as it may.",
    PostState.SENDING: "It is being handed over right now.",
    PostState.SENT: "The mail server has taken it.",
    PostState.HANDED_OVER: "You downloaded it and send it yourself; Casework never sends it too.",
    PostState.HELD: "It waits until what holds it back is over.",
    PostState.FAILED: "It was tried several times in vain; you can try again.",
    PostState.BOUNCED: "The mail server says that this address takes no letters.",
    PostState.DROPPED: "It will not be sent.",
}
RETRYABLE = frozenset({PostState.FAILED, PostState.BOUNCED, PostState.HELD, PostState.HANDED_OVER})
"""What a person may put back into the queue."""
