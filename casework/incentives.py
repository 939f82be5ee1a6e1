"""Thank-yous: the same for everybody who takes part, whatever they say."""

import csv
import io
from collections.abc import Sequence

from casework.activities import IncentiveKind
from casework.funnel import Step
from casework.record import Line, Moment, Record
from casework.text import escape_cell

EARNED = frozenset({Step.ANSWERED, Step.VALID, Step.INVALID, Step.ATTENDED})
"""Whoever ever reached one of these has earned it: an answer that does not count, too, and also
after stopping. What was said is not looked at."""

_COLUMNS = ("participant", "name", "kind", "promised", "earned", "sent at")


class Owed(Record):
    """What one participant was promised, whether they earned it, and when it was sent."""

    participant_id: int
    name: Line
    kind: IncentiveKind
    promised: str
    earned: bool
    sent_at: Moment | None

    @property
    def due(self) -> bool:
        """Promised, earned and not sent."""
        return bool(self.promised) and self.earned and self.sent_at is None


def as_csv(owed: Sequence[Owed]) -> str:
    """One line per participant; cells that look like formulas are escaped."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    for one in owed:
        sent = one.sent_at.isoformat() if one.sent_at else ""
        earned = "yes" if one.earned else "no"
        cells = (escape_cell(one.name), one.kind.label, escape_cell(one.promised), earned, sent)
        writer.writerow([one.participant_id, *cells])
    return sheet.getvalue()
