"""Importing customers, their purchases and sessions, a panel and feedback, each from a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from casework.errors import Invalid
from casework.imports import FeedbackFormat, ImportKind, Read, Rejected
from casework.outside import FeedbackEntry
from commands.door import OPERATOR, clear_errors, content_of, progress_bar, require_database
from db import customers, feedback_imports, studies
from db.clock import now
from db.engine import transaction

app = typer.Typer(help="Import a file; a second import adds nothing twice.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A CSV, TSV or .xlsx file with a header line.")]
Feedback = Annotated[
    Path,
    typer.Argument(help="A store's export (CSV, JSON), any table, or a meeting's transcript."),
]
SHOWN = 10
_STAGES = 2


@app.command("customers")
def import_customers(file: File) -> None:
    """Import customers: an id per row, and whatever else the file tells.

    Example: python cli.py import customers players.csv
    """
    with clear_errors():
        _import(ImportKind.CUSTOMERS, file)


@app.command("interactions")
def import_interactions(file: File) -> None:
    """Import dated purchases and sessions of customers that are known.

    Example: python cli.py import interactions purchases-2026.xlsx
    """
    with clear_errors():
        _import(ImportKind.INTERACTIONS, file)


@app.command("panel")
def import_panel(file: File) -> None:
    """Import people who may be asked, known by e-mail, with the day on which they agreed.

    Example: python cli.py import panel fair-2026.csv
    """
    with clear_errors():
        _import(ImportKind.PANEL, file)


@app.command("feedback")
def import_feedback(
    file: Feedback,
    *,
    study: Annotated[str, typer.Option(help="The study's short name, such as santa-run.")],
    wanted: Annotated[
        FeedbackFormat,
        typer.Option("--format", help="What exported the file; auto looks into it."),
    ] = FeedbackFormat.AUTO,
    aside: Annotated[
        Path | None, typer.Option(help="Write the rows set aside to this CSV file.")
    ] = None,
) -> None:
    """Import feedback: testers' answers count from now on, all other voices are only read.

    Example: python cli.py import feedback reviews.csv --study santa-run --format google-play
    """
    with clear_errors():
        require_database()
        content = content_of(file)
        with transaction() as session:
            row = studies.by_slug(session, study)
            read = feedback_imports.read_file(
                session, OPERATOR, row, file.name, content, now=now(), wanted=wanted
            )
            _show((read.said, *read.notes), read.set_aside)
            _keep_aside(read, aside)
            _require_rows(file, read.accepted)
            with progress_bar("Importing", len(read.accepted)) as step:
                report = feedback_imports.import_read(
                    session, OPERATOR, row, file.name, read, now=now(), progress=step
                )
        typer.echo(report.sentence)


def _keep_aside(read: Read[FeedbackEntry], out: Path | None) -> None:
    """Write the rows set aside where they were asked for. Raises: Invalid when that fails."""
    if out is None:
        return
    try:
        out.write_bytes(read.set_aside_csv)
    except OSError as problem:
        raise Invalid(f"{out} cannot be written: {problem.strerror}.") from None
    typer.echo(f"Rows set aside: {len(read.set_aside):,}, written to {out}", err=True)


def _import(kind: ImportKind, file: Path) -> None:
    require_database()
    content = content_of(file)
    with transaction() as session:
        with progress_bar(f"Importing {kind.value}", _STAGES) as step:
            report = customers.import_file(
                session, OPERATOR, kind, file.name, content, now=now(), progress=step
            )
        _show(report.read.notes, report.set_aside)
        _require_rows(file, report.read.accepted)
    typer.echo(report.sentence)


def _show(notes: Sequence[str], set_aside: Sequence[Rejected]) -> None:
    """What was assumed, and the first rows that were not taken, on stderr."""
    for note in notes:
        typer.echo(note, err=True)
    for row in set_aside[:SHOWN]:
        typer.echo(f"Line {row.line}: {row.reason}", err=True)
    if len(set_aside) > SHOWN:
        typer.echo(f"… and {len(set_aside) - SHOWN:,} more rows set aside.", err=True)


def _require_rows(file: Path, accepted: Sequence[object]) -> None:
    if not accepted:
        raise Invalid(f"No row of {file.name} can be imported. Mend the rows named above.")
