"""How the product bears many answers: the verdict and the feedback page, as ratios.

Answers are written in bulk here and nowhere else; a person's come one by one through the acts.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
import sqlalchemy as sa
from sqlmodel import Session
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import db.engine
import db.settings
from bench.app_answers import BEGAN, COPIED, multiply, rows
from casework.criteria import LaunchCriteria, Profile, profile_criteria
from casework.funnel import ActivityKind
from casework.roles import CASE_STUDY, Actor, Role
from casework.verdict.boundary import first_look, spending, walk
from db import accounts, clock, criteria, live, sessions, studies, verdicts
from db.activities import ActivityRow
from db.builds import BuildRow
from db.models import metadata
from db.studies import StudyRow

ROOT = Path(__file__).parents[1]
OWNER = Actor(role=Role.OWNER, name="Bench")
CLOSES = datetime(2040, 1, 1, tzinfo=UTC)
PLANNED = 1_000
RUNS = 5


def main(data: Path | None) -> None:  # noqa: ARG001 - every bench takes it
    """Print how much longer it takes with many answers than with few."""
    print(f"boundary of 5,000 answers {_boundary_seconds() * 1e3:6.0f} ms")
    quick, slow = _verdict_seconds(100_000), _verdict_seconds(1_000_000)
    print(f"verdict,   100,000 answers {quick * 1e3:6.0f} ms")
    print(
        f"verdict, 1,000,000 answers {slow * 1e3:6.0f} ms   ratio {slow / quick:.1f} for 10 times"
    )
    rerun, look = _live_seconds(100_000)
    print(f"verdict page rerun, 100,000 answers counted {rerun * 1e3:6.0f} ms")
    print(f"looked at after one more answer of 100,000  {look * 1e3:6.0f} ms")
    few, many = _page_seconds(1_000), _page_seconds(20_000)
    print(f"feedback page rerun,  1,000 answers {few * 1e3:6.0f} ms")
    print(
        f"feedback page rerun, 20,000 answers {many * 1e3:6.0f} ms   "
        f"ratio {many / few:.1f} for 20 times"
    )


def _boundary_seconds() -> float:
    spent = spending(5_000, 0.05, 5_000)
    return _seconds(lambda: walk(spent, first_look(5_000), 0.70))


def _verdict_seconds(answers: int) -> float:
    with _installation(answers), db.engine.reading() as session:
        study = studies.by_slug(session, CASE_STUDY)
        return _seconds(lambda: verdicts.verdict(session, OWNER, study, now=clock.now()))


def _live_seconds(answers: int) -> tuple[float, float]:
    """A rerun of the verdict's page where nothing came, and a look where one answer did."""
    with _installation(answers, planned=answers) as patch:
        page = _opened(patch, "owner/read_verdict.py")
        return _seconds(page.run), _seconds(lambda: _one_more(answers))


def _one_more(answers: int) -> None:
    """One tester edits their answer, and the verdict is looked at."""
    with db.engine.transaction() as session:
        session.execute(sa.text(_EDIT), {"who": answers})
    with db.engine.reading() as session:
        study = studies.by_slug(session, CASE_STUDY)
        live.look(session, OWNER, study, None, now=clock.now())


_COPIED = (
    "participant_id, build_id, received_at, csat, change_first, offended_by, device, os, valid, "
)
_COPIED += "invalid_reason, offence"
_EDIT = (
    f"INSERT INTO feedback (version, {_COPIED}) SELECT "  # noqa: S608 - fixed names
    f"MAX(version) + 1, {_COPIED} FROM feedback WHERE participant_id = :who GROUP BY participant_id"
)


def _page_seconds(answers: int) -> float:
    with _installation(answers) as patch:
        return _seconds(_opened(patch, "owner/read_feedback.py").run)


def _opened(patch: pytest.MonkeyPatch, file: str) -> AppTest:
    with db.engine.transaction() as session:
        actor = accounts.demo_actor(session, Role.OWNER, now=clock.now())
        cookie = sessions.begin(session, actor, now=clock.now())
    patch.setattr(ContextProxy, "cookies", {sessions.COOKIE: cookie})
    page = AppTest.from_file(str(ROOT / "pages/shell.py"), default_timeout=120).run()
    page.switch_page(file).run()
    if page.exception or not page.caption:
        raise RuntimeError("The page did not come up.")
    return page


def _seconds(act: Callable[[], object]) -> float:
    """Processor time, the median of a few runs; the first, which warms the caches, is left out."""
    took = []
    for _ in range(RUNS + 1):
        began = time.process_time()
        act()
        took.append(time.process_time() - began)
    return median(took[1:])


@contextmanager
def _installation(answers: int, *, planned: int = PLANNED) -> Iterator[pytest.MonkeyPatch]:
    """This process as an installation of its own with so many answers, a multiple of 1,000."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder}/bench.db")
        patch.setenv("CASEWORK_DEMO", "1")
        _forget()
        metadata.create_all(db.engine.engine())
        with db.engine.transaction() as session:
            _fill(session, planned)
            multiply(session, answers)
        yield patch
        db.engine.engine().dispose()
    _forget()


def _forget() -> None:
    for cached in (db.settings.settings, db.settings.signing_key, db.engine.engine):
        cached.cache_clear()


def _fill(session: Session, planned: int) -> None:
    study = _study(session, planned)
    build = _kept(
        session, BuildRow.model_validate({"version": "1", "added_at": BEGAN, "study_id": study.id})
    )
    beta = _kept(session, _beta(study, build))
    for table, made in rows(beta.id or 0, build.id or 0, COPIED).items():
        session.execute(sa.insert(table), made)


def _study(session: Session, planned: int) -> StudyRow:
    facts = {
        "slug": CASE_STUDY,
        "title": "Many answers",
        "product": "A game",
        "owner_name": "Bench",
        "release_on": CLOSES.date(),
        "created_at": BEGAN,
    }
    study = _kept(session, StudyRow.model_validate(facts))
    plan = LaunchCriteria(
        study=CASE_STUDY,
        build="1",
        profile=Profile.full,
        answers=planned,
        closes_at=CLOSES,
        criteria=profile_criteria(Profile.full, planned),
        loyalty_policy="",
        scorer_version="",
    )
    criteria.register(session, OWNER, study, plan, now=BEGAN)
    return study


def _beta(study: StudyRow, build: BuildRow) -> ActivityRow:
    facts = {
        "kind": ActivityKind.BETA,
        "name": "Beta",
        "seats": 20_000,
        "starts_at": BEGAN,
        "closes_at": CLOSES,
        "study_id": study.id,
        "build_id": build.id,
    }
    return ActivityRow.model_validate(facts)


Row = TypeVar("Row")


def _kept(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


if __name__ == "__main__":
    main(None)
