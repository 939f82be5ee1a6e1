"""Setting up: migrate, load the demonstration, add accounts, serve."""

from typing import Annotated

import typer
from sqlmodel import Session

from casework.errors import Invalid
from casework.roles import Role
from commands.door import OPERATOR, clear_errors, progress_bar, require_database
from db import accounts, demonstration
from db.clock import now
from db.engine import engine, transaction
from db.migrate import upgrade
from db.settings import settings

account = typer.Typer(help="Accounts of staff.", no_args_is_help=True)


def migrate() -> None:
    """Bring the database up to date.

    Example: python cli.py migrate
    """
    with clear_errors():
        upgrade(engine())
        typer.echo("The database is up to date.", err=True)


def demo(
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Clear everything, load anew.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Clear other studies too.")] = False,
) -> None:
    """Load the demonstration: BoomerGames, 7,000 players, two builds of Santa Run.

    Example: python cli.py demo --fresh
    """
    with clear_errors():
        upgrade(engine())
        with transaction() as session:
            if fresh:
                _clear(session, yes=yes)
            if demonstration.is_empty(session):
                _load(session)
            else:
                typer.echo("There is data already; --fresh clears it and loads anew.", err=True)


def _clear(session: Session, *, yes: bool) -> None:
    if not yes and not demonstration.only_demonstration(session):
        raise Invalid(
            "There are studies besides the demonstration, and they would be lost. "
            "Add --yes to clear them too, or point DATABASE_URL at another database."
        )
    demonstration.clear(session)


def _load(session: Session) -> None:
    with progress_bar("Loading the demonstration", demonstration.STAGES) as step:
        demonstration.load(session, now=now(), progress=lambda _: step(1))


def serve() -> None:
    """Migrate, load the demonstration into an empty database in demo mode, and serve.

    Example: CASEWORK_DEMO=1 python cli.py serve
    """
    # Only here: serving imports Streamlit, and no other command should wait for it.
    from app import app
    from routes.serve import require_readiness
    from routes.serve import serve as answer

    with clear_errors():
        require_readiness()
        upgrade(engine())
        if settings().demo:
            with transaction() as session:
                if demonstration.is_empty(session):
                    _load(session)
        answer(app)


@account.command("add")
def add_account(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    role: Annotated[Role, typer.Option(help="owner, student or instructor")] = Role.OWNER,
    name: Annotated[str, typer.Option(help="As shown to others; the address by default.")] = "",
    password: Annotated[
        str,
        typer.Option(
            prompt=True, hide_input=True, confirmation_prompt=True, help="12+ characters."
        ),
    ] = "",
) -> None:
    """Add an account of staff; asks for the password.

    Example: python cli.py account add nora@studio.example --role owner
    """
    with clear_errors():
        require_database()
        with transaction() as session:
            accounts.add(session, OPERATOR, email, role, password=password, name=name, now=now())
        typer.echo(f"{email} can sign in now.", err=True)
