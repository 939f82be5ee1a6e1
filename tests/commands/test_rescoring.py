"""The command reads anew what is outdated, tells how much changed, and can be stopped."""

from pathlib import Path

import pytest
from sqlmodel import select

from casework.sentiment import SCORER_VERSION
from commands.door import OPERATOR
from db import own_terms, rescoring
from db.clock import now
from db.engine import reading, transaction
from db.feedback import FeedbackRow
from tests.commands.conftest import Run, error
from tests.db.test_rescoring import YULEISH, texts


@pytest.fixture
def changed(ready: Path) -> None:
    with transaction() as session:
        texts(session)
        own_terms.accept(session, OPERATOR, YULEISH, now=now())


def test_everything_outdated_is_read_and_said_so(changed: None, run: Run) -> None:
    done = run("rescore")
    assert done.exit_code == 0
    assert (
        f"Done: 12 texts read by scorer {SCORER_VERSION}+1, 12 with another label." in done.output
    )
    with reading() as session:
        assert set(session.exec(select(FeedbackRow.read_by))) == {f"{SCORER_VERSION}+1"}
    again = run("rescore")
    assert again.exit_code == 0
    assert "Every text was read by the present scorer already." in again.output


def test_a_job_under_way_is_stopped_and_gone_on_with(changed: None, run: Run) -> None:
    with transaction() as session:
        rescoring.begin(session, OPERATOR, now=now())
        rescoring.turn(session, now=now(), batch=4)
    stopped = run("rescore", "--cancel")
    assert stopped.exit_code == 0
    assert "Cancelled after 4 of 12 texts." in stopped.output
    assert error(run("rescore", "--cancel")) == "Nothing is being read anew just now."
    assert "Done: 12 texts" in run("rescore").output
