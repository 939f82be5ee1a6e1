"""The outbox from the terminal: send what waits, list what there is, try again."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from casework.messages import PostState
from casework.messages.refusals import Fate
from commands.door import OPERATOR, clear_errors, deliver, require_database
from db import notices, outbox, sending
from db.clock import now
from db.engine import reading, transaction
from db.outbox import OutboxRow, Search
from db.post import post_of
from db.settings import settings

app = typer.Typer(help="Letters and webhooks on their way out.", no_args_is_help=True)


class Style(StrEnum):
    """How letters are listed."""

    TEXT = "text"
    JSON = "json"


@app.command("send")
def send() -> None:
    """Send every letter and every webhook's notice that is due; fit for cron.

    Example: python cli.py outbox send
    """
    with clear_errors():
        require_database()
        told = _tell_webhooks()
        post = post_of(settings())
        taken = refused = later = 0
        while (round_ := sending.send(transaction, post)).tried:
            taken += round_.taken
            refused += round_.refused
            later += round_.later
        typer.echo(
            f"Letters: {taken:,} sent, {refused:,} refused, {later:,} to be tried again. "
            f"Webhooks: {told:,} told."
        )


def _tell_webhooks() -> int:
    told = 0
    allowed = settings().private_webhooks
    while (tally := notices.deliver(transaction, private_allowed=allowed)).total():
        told += tally[Fate.TAKEN]
    return told


@app.command("list")
def list_letters(
    *,
    state: Annotated[
        list[PostState] | None, typer.Option(help="Only these; may be given several times.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 50,
    style: Annotated[Style, typer.Option("--format", help="json or text")] = Style.TEXT,
) -> None:
    """List letters, newest first, with where they stand and why.

    Example: python cli.py outbox list --state held --state failed
    """
    with clear_errors():
        require_database()
        with reading() as session:
            search = Search(states=tuple(state or ()))
            found = outbox.letters(session, OPERATOR, search, most=most)
            counted = outbox.counts(session)
        if style is Style.JSON:
            deliver(json.dumps([_facts(row) for row in found], indent=2, ensure_ascii=False), None)
            return
        total = ", ".join(f"{number:,} {one.label.lower()}" for one, number in counted.items())
        deliver("\n".join([total or "The outbox is empty.", *map(_line, found)]), None)


def _facts(row: OutboxRow) -> dict[str, object]:
    shown = {"id", "kind", "state", "email", "subject", "template", "attempts", "reason", "due_at"}
    return row.model_dump(mode="json", include=shown | {"sent_at"})


def _line(row: OutboxRow) -> str:
    why = f"  ({row.reason})" if row.reason else ""
    subject = f"{row.kind.label}: {row.subject}"
    return f"{row.id:>6}  {row.state.label:<11} {row.email}  {subject}{why}"


@app.command("retry")
def retry(
    letter: Annotated[int, typer.Argument(help="The number of the letter, as listed.")],
) -> None:
    """Put a letter that failed, came back or is held back into the queue.

    Example: python cli.py outbox retry 12
    """
    with clear_errors():
        require_database()
        with transaction() as session:
            outbox.retry(session, OPERATOR, letter, now=now())
        typer.echo(f"Letter {letter} waits to be sent.", err=True)
