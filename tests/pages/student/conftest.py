"""The small Santa Run study in the installation that the student's pages read."""

from datetime import timedelta
from pathlib import Path

import pytest

import db.engine
from db import clock
from tests.santa_run import a_santa_run


@pytest.fixture
def study(installation: Path) -> None:
    """Entered two hours ago, so that every answer is in."""
    with db.engine.transaction() as session:
        a_santa_run(session, clock.now() - timedelta(hours=2))
