"""What a tester has typed but not sent: kept per participant and build until it is sent."""

from sqlmodel import Session, col, select

from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer
from casework.roles import Act, Actor, require
from db.feedback import DraftRow
from db.participants import hold

DraftValue = str | int | bool | None
_LONGEST = 5_000
_TEXTS = ("change_first", "device", "os")


def save_draft(
    session: Session,
    actor: Actor,
    participant_id: int,
    build_id: int,
    values: dict[str, DraftValue],
) -> None:
    """Keep what is typed so far in place of what was kept before.

    Raises:
        NotAllowed: for somebody else's draft.
        Invalid: for a field that no answer has, or a text above 5,000 characters.
    """
    _require_own(actor, participant_id)
    hold(session, participant_id)
    _check(values)
    row = _row(session, participant_id, build_id)
    if row is None:
        row = DraftRow(participant_id=participant_id, build_id=build_id, values=values)
    row.values = dict(values)
    session.add(row)
    session.flush()


def draft_of(session: Session, participant_id: int, build_id: int) -> dict[str, DraftValue]:
    """What is typed and not sent; empty where there is nothing."""
    row = _row(session, participant_id, build_id)
    return dict(row.values) if row else {}


def earlier_texts(session: Session, participant_id: int, build_id: int) -> dict[str, DraftValue]:
    """What somebody had typed, not sent, about the build before this one: words, never marks."""
    query = (
        select(DraftRow)
        .where(DraftRow.participant_id == participant_id, col(DraftRow.build_id) < build_id)
        .order_by(col(DraftRow.build_id).desc())
    )
    row = session.exec(query).first()
    return {name: row.values[name] for name in _TEXTS if row.values.get(name)} if row else {}


def discard_draft(session: Session, actor: Actor, participant_id: int, build_id: int) -> None:
    """Forget what was typed; the sent answer stays."""
    _require_own(actor, participant_id)
    row = _row(session, participant_id, build_id)
    if row is not None:
        session.delete(row)
        session.flush()


def _require_own(actor: Actor, participant_id: int) -> None:
    require(actor, Act.ANSWER)
    if actor.participant_id != participant_id:
        raise NotAllowed("This draft belongs to another tester. Use your own invitation link.")


def _check(values: dict[str, DraftValue]) -> None:
    strange = set(values) - set(Answer.model_fields)
    if strange:
        raise Invalid(f"No question is called {', '.join(sorted(strange))}.")
    if any(isinstance(value, str) and len(value) > _LONGEST for value in values.values()):
        raise Invalid(f"Please keep each text below {_LONGEST:,} characters.")


def _row(session: Session, participant_id: int, build_id: int) -> DraftRow | None:
    query = select(DraftRow).where(
        DraftRow.participant_id == participant_id, DraftRow.build_id == build_id
    )
    return session.exec(query).first()
