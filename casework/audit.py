"""The trail of who did what; it is only ever added to."""

from casework.record import Line, Moment, Prose, Record


class AuditEvent(Record):
    """One act. `subject` names the thing by kind and id, never a customer by name."""

    at: Moment
    actor: Line
    act: Line
    subject: Line
    detail: Prose = ""
