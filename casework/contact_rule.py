"""How long people are left in peace after they were asked: a policy, kept with each use."""

from datetime import timedelta

from pydantic import Field

from casework.funnel import ActivityKind
from casework.record import Record
from casework.recruiting import COOL_DOWN

LONGEST_REST = 730


class ContactRule(Record):
    """Nobody asked lately is asked again; `draws_count` lets a seat drawn count as being asked.

    Source: the rules of recruiting, 30 days counted from invitations, not reminders or thanks.
    """

    group_days: int = Field(default=COOL_DOWN.days, ge=0, le=LONGEST_REST)
    beta_days: int = Field(default=COOL_DOWN.days, ge=0, le=LONGEST_REST)
    draws_count: bool = False

    def rest(self, kind: ActivityKind) -> timedelta:
        """How long before an activity of this kind nobody asked may have been asked."""
        group = kind is ActivityKind.FOCUS_GROUP
        return timedelta(days=self.group_days if group else self.beta_days)

    def described(self, kind: ActivityKind) -> str:
        """The rule in plain words."""
        days, what = self.rest(kind).days, kind.label.lower()
        if not days:
            return f"For a {what} it does not matter when somebody was last asked."
        asked = "invited or drawn" if self.draws_count else "invited"
        return f"For a {what} nobody is asked who was {asked} within the last {days} days."
