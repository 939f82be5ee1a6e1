"""Deciding: the verdict with its exit status, and the review of a gate."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casework.errors import Invalid
from casework.gates import GateName, GateReview
from casework.report import compose, to_html, to_markdown
from casework.verdict import Outcome, as_json
from commands.door import OPERATOR, clear_errors, deliver, put, require_database
from db import exports, reviews, studies, summaries
from db.clock import now
from db.engine import reading, transaction
from db.exports import Form

Study = Annotated[str, typer.Argument(help="The study's short name, such as santa-run.")]


class Format(StrEnum):
    """How a verdict is printed."""

    JSON = "json"
    MD = "md"
    HTML = "html"


OUTCOMES = {
    "go-with-conditions": Outcome.GO_WITH_CONDITIONS,
    "hold": Outcome.HOLD,
    "no-go": Outcome.NO_GO,
    "not-enough": Outcome.NOT_ENOUGH_EVIDENCE,
    "invalid": Outcome.INVALID,
}
"""What a pipeline can be told to fail on."""


def outcomes_named(listed: str | None) -> frozenset[Outcome]:
    """The outcomes of a list with commas; without a list all of them. Raises: Invalid."""
    if listed is None:
        return frozenset(Outcome)
    names = [name.strip() for name in listed.split(",")]
    strange = [name for name in names if name not in OUTCOMES]
    if strange:
        raise Invalid(f"There is no outcome “{strange[0]}”. There are: {', '.join(OUTCOMES)}.")
    return frozenset(OUTCOMES[name] for name in names)


def verdict(
    study: Study,
    *,
    build: Annotated[
        str | None, typer.Option(help="Which build; by default the newest attempt's.")
    ] = None,
    style: Annotated[Format, typer.Option("--format", help="json, md or html")] = Format.MD,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead.")] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(help="Fail only on these outcomes, with commas between: no-go,not-enough"),
    ] = None,
) -> None:
    """Print the verdict; the exit status is the verdict.

    0 GO, 10 GO WITH CONDITIONS, 15 HOLD, 20 NO-GO, 30 NOT ENOUGH EVIDENCE, 40 INVALID.
    With --fail-on it is 0 unless the outcome is listed.

    Example: python cli.py verdict santa-run --fail-on no-go,not-enough
    """
    with clear_errors():
        failing = outcomes_named(fail_on)
        require_database()
        with reading() as session:
            row = studies.by_slug(session, study)
            material = summaries.material(session, OPERATOR, row, build, now=now())
        if style is Format.JSON:
            text = as_json(material.verdict)
        else:
            text = (to_html if style is Format.HTML else to_markdown)(compose(material))
        deliver(text, out)
    outcome = material.verdict.outcome
    raise typer.Exit(outcome.exit_code if outcome in failing else 0)


def summary(
    study: Study,
    *,
    build: Annotated[
        str | None, typer.Option(help="Which build; by default the newest attempt's.")
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="pdf, one-page, html, md, json or csv (a zip)")
    ] = Form.MD,
    output: Annotated[
        Path | None, typer.Option("--output", "--out", help="Write to this file instead.")
    ] = None,
) -> None:
    """Write the launch summary; the same evidence gives the same bytes.

    Example: python cli.py summary santa-run --format pdf --output santa-run.pdf
    """
    with clear_errors():
        if output is None and not form.is_text:
            raise Invalid(f"{form.label} goes into a file: say which with --output FILE.")
        require_database()
        with reading() as session:
            row = studies.by_slug(session, study)
            content = exports.written(session, OPERATOR, row, form, build, now=now())
        if output is None:
            deliver(content.decode(), None)
        else:
            put(content, output)


def review(
    study: Study,
    *,
    gate: Annotated[GateName, typer.Option(help="values or critical")],
    by: Annotated[str, typer.Option(help="Who looked at it.")],
    reason: Annotated[str, typer.Option(help="Why this may go on.")],
    change: Annotated[str, typer.Option(help="What was changed, if anything.")] = "",
) -> None:
    """Record that a named person reviewed a gate, so that the launch is no longer on hold.

    Example: python cli.py review santa-run --gate values --by "Nora" --reason "Scene removed"
    """
    with clear_errors():
        require_database()
        with transaction() as session:
            row = studies.by_slug(session, study)
            judgement = GateReview(
                gate=gate, reviewer=by, reason=reason, change=change, reviewed_at=now()
            )
            reviews.review(session, OPERATOR, row, judgement, now=now())
        typer.echo(f"The {gate.value} gate of {study} is reviewed.", err=True)
