"""Who takes part in the betas of a build, as columns: what a verdict knows of its testers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlmodel import Session, col

from casework.criteria import Margin
from casework.criteria.base import LOYAL, LOYALTY, OTHER
from casework.funnel import Step
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.feedback import FeedbackRow
from db.joined import Integers, integers, joined
from db.participants import FunnelEventRow, ParticipantRow, is_taking_part

Texts = NDArray[np.str_]

NEVER_SURE = (Step.DRAWN, Step.DECLINED, Step.WITHDRAWN)
"""Steps that can be reached without an invitation; all others follow one."""


@dataclass(frozen=True)
class TesterColumns:
    """Who takes part in the betas of a build; one entry each, `ids` rise.

    `attributes` name, for each margin, the part of the base; "" where it is unknown. `asked` counts
    the customers invited, also those who left since.
    """

    ids: Integers
    customers: Integers
    loyal: NDArray[np.bool_]
    attributes: dict[str, Texts]
    asked: int


def of_build(session: Session, build_id: int | None, base: Sequence[Margin]) -> TesterColumns:
    """Everybody taking part, with their part in each margin; one pass through the table."""
    query = sa.select(
        joined(col(ParticipantRow.id)),
        joined(col(ParticipantRow.customer_id)),
        joined(_known(base)),
    ).where(col(ParticipantRow.activity_id).in_(_betas(build_id)))
    if {margin.attribute for margin in base} & {"region", "age_band"}:
        query = query.join(CustomerRow, col(CustomerRow.id) == ParticipantRow.customer_id)
    ids, customers, codes = map(integers, session.execute(query).one())
    order = np.argsort(ids)
    ids, customers, codes = ids[order], customers[order], codes[order]
    here, loyal, invited = ((codes >> bit & 1).astype(np.bool_) for bit in range(_FLAGS))
    return TesterColumns(
        ids=ids[here],
        customers=customers[here],
        loyal=loyal[here],
        attributes=_attributes(base, codes[here] >> _FLAGS),
        asked=_different(customers[invited]),
    )


_FLAGS = 3


def _known(base: Sequence[Margin]) -> sa.ColumnElement[int]:
    """What is known of a participant as one number: three bits, then the part in each margin."""
    code: sa.ColumnElement[int] = sa.literal(0, sa.BigInteger)
    for margin in reversed(base):
        code = code * (len(margin.cells) + 1) + _part(margin)
    for flag in (_invited(), col(ParticipantRow.loyal), is_taking_part()):
        code = code * 2 + sa.cast(flag, sa.Integer)
    return code


def _attributes(base: Sequence[Margin], codes: Integers) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for margin in base:
        codes, part = np.divmod(codes, len(margin.cells) + 1)
        found[margin.attribute] = np.array([*(cell.value for cell in margin.cells), ""])[part]
    return found


def _different(numbers: Integers) -> int:
    ordered = np.sort(numbers)
    return int((ordered[1:] != ordered[:-1]).sum()) + bool(numbers.size)


def _betas(build_id: int | None) -> sa.Select[Any]:
    """Activities in which this build is tested, or was and gave answers."""
    gave = (
        sa.select(col(FeedbackRow.id))
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .where(
            col(ParticipantRow.activity_id) == ActivityRow.id, col(FeedbackRow.build_id) == build_id
        )
        .correlate(ActivityRow)
        .exists()
    )
    return sa.select(col(ActivityRow.id)).where(sa.or_(col(ActivityRow.build_id) == build_id, gave))


def _invited() -> sa.ColumnElement[bool]:
    """Whether a participant was invited; only where the step leaves a doubt are events read."""
    event = (
        sa.select(col(FunnelEventRow.id))
        .where(
            col(FunnelEventRow.participant_id) == ParticipantRow.id,
            col(FunnelEventRow.step) == Step.INVITED,
        )
        .exists()
    )
    return sa.case((col(ParticipantRow.step).not_in(NEVER_SURE), sa.true()), else_=event)


def _part(margin: Margin) -> sa.ColumnElement[int]:
    """Which part of the base a tester belongs to, by its place; one beyond the last for none."""
    places = {cell.value: place for place, cell in enumerate(margin.cells)}
    return sa.case(places, value=_value(margin.attribute), else_=len(margin.cells))


def _value(attribute: str) -> sa.ColumnElement[str]:
    if attribute == LOYALTY:
        return sa.case((col(ParticipantRow.loyal), LOYAL), else_=OTHER)
    kept = ParticipantRow if attribute in ParticipantRow.model_fields else CustomerRow
    return sa.cast(getattr(kept, attribute, sa.null()), sa.String)


def places_of(known: Integers, wanted: Integers) -> Integers:
    """Where each number stands among the known, which rise; −1 where it does not."""
    if known.size == 0:
        return np.full(wanted.size, -1)
    places = np.minimum(np.searchsorted(known, wanted), known.size - 1)
    return np.where(known[places] == wanted, places, -1)
