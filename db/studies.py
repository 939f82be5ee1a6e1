"""Studies: starting one, changing its plan, finding it again."""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from casework.errors import Invalid, NotFound
from casework.roles import Act, Actor, require
from casework.studies import Study, slug_for
from db import audit
from db.table import Table, change


class StudyRow(Study, Table, table=True):
    """A study; `slug` names it in addresses and commands."""

    __tablename__ = "study"
    slug: str = Field(unique=True, index=True)


def start(session: Session, actor: Actor, study: Study, *, now: datetime) -> StudyRow:
    """Open a study. Raises: Invalid when its name in addresses is taken."""
    require(actor, Act.PLAN_STUDY)
    if study.slug in _slugs(session):
        raise Invalid(f"There is already a study “{study.slug}”. Give this one another title.")
    row = StudyRow.model_validate(study.model_dump())
    session.add(row)
    session.flush()
    audit.record(session, actor, "start study", f"study {row.id}", now=now, study_id=row.id)
    return row


def edit(session: Session, actor: Actor, row: StudyRow, study: Study, *, now: datetime) -> None:
    """Change what is planned; the name in addresses and the date of opening stay.

    Raises:
        Invalid: when the new plan carries another slug.
    """
    require(actor, Act.PLAN_STUDY)
    if study.slug != row.slug:
        raise Invalid(f"The study keeps its name in addresses, “{row.slug}”.")
    planned = study.model_dump(exclude={"slug", "created_at"})
    changed = [name for name, value in planned.items() if getattr(row, name) != value]
    if not changed:
        return
    change(row, **planned)
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "edit study",
        f"study {row.id}",
        now=now,
        study_id=row.id,
        detail=", ".join(changed),
    )


def by_slug(session: Session, slug: str) -> StudyRow:
    """The study of this name. Raises: NotFound naming the studies there are."""
    row = session.exec(select(StudyRow).where(StudyRow.slug == slug)).first()
    if row is not None:
        return row
    known = sorted(_slugs(session))
    there_are = f"There are: {', '.join(known)}." if known else "Start the first one."
    raise NotFound(f"There is no study “{slug}”. {there_are}")


def all_studies(session: Session) -> list[StudyRow]:
    """Every study, the latest release first."""
    query = select(StudyRow).order_by(col(StudyRow.release_on).desc(), col(StudyRow.id))
    return list(session.exec(query))


def free_slug(session: Session, title: str) -> str:
    """A name in addresses for a new study of this title that no other study has."""
    return slug_for(title, _slugs(session))


def _slugs(session: Session) -> frozenset[str]:
    return frozenset(session.exec(select(StudyRow.slug)))
