"""Reading stored texts anew, when the scorer or the installation's own words have changed."""

from typing import Annotated

import typer

from casework.errors import Invalid
from commands.door import OPERATOR, Step, clear_errors, progress_bar, require_database
from db import rescoring
from db.clock import now
from db.engine import reading, transaction
from db.rescoring import RescoringRow, RescoringState


def rescore(
    *,
    cancel: Annotated[bool, typer.Option("--cancel", help="Stop what is being read anew.")] = False,
) -> None:
    """Read every stored text anew that an older scorer has read; goes on where it was cancelled.

    What people corrected stays in force, and TextBlob's own values stay as they are.

    Example: python cli.py rescore
    """
    with clear_errors():
        require_database()
        if cancel:
            with transaction() as session:
                job = rescoring.cancel(session, OPERATOR, now=now())
            typer.echo(f"Cancelled after {job.done:,} of {job.total:,} texts.", err=True)
            return
        begun = _begin()
        if begun is None:
            typer.echo("Every text was read by the present scorer already.", err=True)
            return
        with progress_bar("Reading anew", begun.total) as step:
            step(begun.done)
            job = _read_on(begun, step)
        _tell(job)


def _begin() -> RescoringRow | None:
    with transaction() as session:
        if not rescoring.outdated(session):
            return None
        return rescoring.begin(session, OPERATOR, now=now())


def _read_on(job: RescoringRow, step: Step) -> RescoringRow:
    """Batch after batch; a worker of a served installation may take some of them."""
    more = True
    while more:
        with transaction() as session:
            more = rescoring.turn(session, now=now())
        with reading() as session:
            after = rescoring.latest(session)
        if after is None:
            raise Invalid("The job is gone from the database. Run “python cli.py rescore” again.")
        step(max(0, after.done - job.done))
        job = after
    return job


def _tell(job: RescoringRow) -> None:
    end = "Cancelled by somebody" if job.state is RescoringState.CANCELLED else "Done"
    told = f"{job.done:,} texts read by scorer {job.read_by}, {job.changed:,} with another label"
    typer.echo(f"{end}: {told}.", err=True)
