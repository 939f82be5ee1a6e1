"""Whether the people of an activity are like the customers they stand for."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.cohort import Share, compare
from casework.customers import Attribute
from casework.funnel import SEAT_FREED
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.participants import ParticipantRow


def shares(session: Session, activity: ActivityRow) -> tuple[Share, ...]:
    """Each attribute's shares among those who hold a seat, against all customers."""
    here = (
        select(ParticipantRow.customer_id)
        .where(ParticipantRow.activity_id == activity.id)
        .where(col(ParticipantRow.step).not_in(SEAT_FREED))
    )
    group = col(CustomerRow.id).in_(here)
    return compare(_counts(session, group), _counts(session, sa.true()))


def _counts(
    session: Session, condition: sa.ColumnElement[bool]
) -> Mapping[Attribute, Mapping[str, int]]:
    found: dict[Attribute, dict[str, int]] = {}
    for attribute in Attribute:
        column = getattr(CustomerRow, attribute.value)
        query = select(column, sa.func.count(col(CustomerRow.id))).where(condition)
        found[attribute] = dict(session.exec(query.group_by(column)).all())
    return found
