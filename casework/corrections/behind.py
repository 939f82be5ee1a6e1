"""What stands behind the tone in a verdict: which scorer read, how often it errs, whose word."""

from casework.corrections.error_rate import ENOUGH, ErrorRate
from casework.record import Moment, Record


class Behind(Record):
    """How the tone of the counted answers came about.

    `with_tone` of the counted answers have a tone, of which `by_people` are a person's. `read_by`
    counts the texts about the build by scorer, `present` is the scorer in force and `registered`
    the one named by the criteria. `error` is None where too few random texts are labelled.
    `unread` texts about the build are in a language that the scorer cannot read.
    `read_anew_at` is when reading anew last began, `decided_at` when the last decision was taken.
    """

    with_tone: int
    by_people: int
    read_by: dict[str, int]
    present: str
    registered: str | None = None
    error: ErrorRate | None = None
    labelled: int = 0
    unread: int = 0
    read_anew_at: Moment | None = None
    decided_at: Moment | None = None

    @property
    def is_mixed(self) -> bool:
        """Whether the texts were read by another scorer than the present one, or by several."""
        return any(scorer != self.present for scorer in self.read_by)

    @property
    def in_words(self) -> str:
        """As sentences for the method of a summary."""
        return " ".join(one for one in (self._human(), self._error(), *self.changes) if one)

    @property
    def changes(self) -> tuple[str, ...]:
        """What a reader must know of a scorer that changed, in sentences."""
        told = (self._mixed(), self._since_registered(), self._since_decided())
        return tuple(one for one in told if one)

    @property
    def not_read(self) -> str:
        """What the warnings say of answers without a tone; "" where there are none."""
        if not self.unread:
            return ""
        many = self.unread != 1
        return (
            f"{self.unread:,} {'answers' if many else 'answer'} in another language "
            f"{'were' if many else 'was'} not read: {'their' if many else 'its'} words have no "
            "tone, and the scorer has not looked whether they voice offence."
        )

    def _human(self) -> str:
        return f"Of {self.with_tone:,} counted tones {self.by_people:,} are a person's correction."

    def _error(self) -> str:
        if self.error is None:
            return (
                f"How often the scorer ({self.present}) errs here is not measured: {self.labelled} "
                f"of at least {ENOUGH} random texts are labelled."
            )
        value, low, high = (
            f"{100 * one:.0f} %" for one in (self.error.value, self.error.low, self.error.high)
        )
        return (
            f"The scorer ({self.present}) erred on {value} of the texts (95 %: {low} to {high}); "
            f"{self.error.labelled} random ones were labelled blind."
        )

    def _mixed(self) -> str:
        if not self.is_mixed:
            return ""
        told = ", ".join(f"{texts:,} by {scorer}" for scorer, texts in sorted(self.read_by.items()))
        return (
            f"Texts are being read anew by scorer {self.present}; so far about this build: {told}."
        )

    def _since_registered(self) -> str:
        if self.registered in (None, self.present):
            return ""
        return (
            f"The scorer changed since the criteria were registered: {self.registered} then, "
            f"{self.present} now."
        )

    def _since_decided(self) -> str:
        if self.read_anew_at is None or self.decided_at is None:
            return ""
        if self.read_anew_at <= self.decided_at:
            return ""
        return (
            "Texts were read anew after the last decision, which keeps the verdict it was taken on."
        )
