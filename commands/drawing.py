"""Drawing seats from the terminal: a dry run by a typed seed, or a real draw that seats people."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from casework import lottery
from casework.errors import Invalid, NotFound
from casework.funnel import ActivityKind
from casework.lottery import AuditFile, Mixture
from casework.loyalty import LoyaltyPolicy
from casework.quotas import Quota, Trait
from casework.recruiting import Candidate
from commands.deciding import Study
from commands.door import OPERATOR, clear_errors, deliver, require_database
from db import activities, customers, draw_pools, draws, loyalty_policies, recruiting, studies
from db.activities import ActivityRow
from db.clock import now
from db.draws import DrawRow
from db.engine import Session, reading, transaction

QUOTA_PARTS = 4


class Style(StrEnum):
    """How a draw is printed."""

    JSON = "json"
    TEXT = "text"


def draw(
    study: Study,
    *,
    activity: Annotated[
        str | None, typer.Option(help="Its name; by default the study's focus group.")
    ] = None,
    seats: Annotated[int, typer.Option(min=1, help="How many seats to fill.")] = 8,
    seed: Annotated[int | None, typer.Option(min=0, help="Any number, for a dry run.")] = None,
    quota: Annotated[
        list[str] | None,
        typer.Option(help="TRAIT:VALUE:MIN:MAX, such as region:LATAM:1:3; MAX may be empty."),
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Draw for real and seat people.")] = False,
    nonce: Annotated[str, typer.Option(help="What was announced, for a real draw.")] = "",
    style: Annotated[Style, typer.Option("--format", help="json or text")] = Style.TEXT,
) -> None:
    """Draw seats by lottery. Without --save it is a dry run: logged, and nobody is seated.

    Example: python cli.py draw santa-run --seats 8 --seed 7 --format json
    """
    with clear_errors():
        if save and seed is not None:
            raise Invalid("A real draw makes its own seed. Leave out --seed, or --save.")
        require_database()
        quotas = [quota_from(text) for text in quota or []]
        with reading() as session:
            row = chosen(session, study, activity)
            policy = loyalty_policies.current(session, now=now())
            pool = _pool(session, row, policy)
        mixture = lottery.solve(pool, quotas, seats)
        with transaction() as session:
            if save:
                draws.announce(session, OPERATOR, row, nonce=nonce, now=now())
                drawn = draws.draw_seats(
                    session, OPERATOR, row, mixture, pool, policy=policy, now=now()
                )
            else:
                drawn = draws.try_out(
                    session,
                    OPERATOR,
                    row,
                    mixture,
                    1 if seed is None else seed,
                    policy=policy,
                    now=now(),
                )
            draw_pools.keep(session, OPERATOR, drawn, pool)
        deliver(_as_json(drawn, row) if style is Style.JSON else _as_text(drawn, row), None)


def redraw(
    file: Annotated[Path, typer.Argument(help="The public record of a draw, a JSON file.")],
) -> None:
    """Draw again from the public record of a draw; it fails unless the same seats come out.

    It needs no database: anybody can check a draw with the file alone.

    Example: python cli.py redraw draw-1.json
    """
    with clear_errors():
        published = _published(file)
        again = lottery.replay(published)
        seats = ", ".join(map(str, again.seats))
        kind = "Dry run" if published.dry_run else f"Announced {published.nonce}"
        deliver(
            f"{published.activity}: the same {len(again.seats):,} seats. {kind}.\n"
            f"Seed {again.seed}, roster {published.roster_digest}\nSeats: {seats}",
            None,
        )


def _published(file: Path) -> AuditFile:
    try:
        return AuditFile.model_validate_json(file.read_bytes())
    except OSError as missing:
        raise NotFound(f"{file} cannot be read. Name the record of a draw.") from missing
    except ValidationError as wrong:
        raise Invalid(f"{file} is not the whole public record of a draw.") from wrong


def quota_from(text: str) -> Quota:
    """Read TRAIT:VALUE:MIN:MAX. Raises: Invalid."""
    parts = text.split(":")
    traits = {trait.value: trait for trait in Trait}
    numbers = parts[2:]
    if len(parts) != QUOTA_PARTS or not all(part.isdecimal() or not part for part in numbers):
        raise Invalid(f"“{text}” is no quota. Write it as region:LATAM:1:3.")
    if parts[0] not in traits:
        raise Invalid(f"“{parts[0]}” is no trait. There is: {', '.join(traits)}.")
    low, high = numbers
    try:
        return Quota(
            attribute=traits[parts[0]],
            value=parts[1],
            minimum=int(low or 0),
            maximum=int(high) if high else None,
        )
    except ValidationError as wrong:
        raise Invalid(wrong.errors()[0]["msg"].removeprefix("Value error, ")) from wrong


def chosen(session: Session, study: str, name: str | None) -> ActivityRow:
    """The activity with this name, else the study's latest focus group. Raises: NotFound."""
    planned = activities.of_study(session, studies.by_slug(session, study))
    if name is None:
        fitting = [one for one in planned if one.kind is ActivityKind.FOCUS_GROUP]
    else:
        fitting = [one for one in planned if one.name.casefold() == name.casefold()]
    if not fitting:
        there_is = ", ".join(f"“{one.name}”" for one in planned) or "none yet"
        raise NotFound(f"{study} has no such activity. Name one with --activity: {there_is}.")
    return fitting[-1]


def _pool(session: Session, activity: ActivityRow, policy: LoyaltyPolicy) -> list[Candidate]:
    loyal = customers.loyalties(session, policy)
    return recruiting.candidates(session, activity, loyal, now=now())


def _as_json(drawn: DrawRow, activity: ActivityRow) -> str:
    mixture = drawn.mixture
    again = draws.replay(drawn, activity)
    found = {
        "activity": activity.name,
        "dry_run": drawn.dry_run,
        "seed": drawn.seed,
        "nonce": drawn.nonce or None,
        "roster_digest": drawn.roster_digest,
        "eligible": mixture.eligible,
        "seats": list(drawn.seats),
        "minimum_ratio": mixture.least_ratio,
        "median_ratio": mixture.median_ratio,
        "profiles": [
            {
                **dict(zip((trait.value for trait in mixture.traits), values, strict=True)),
                "eligible": size,
                "chance": chance,
                "ratio": ratio,
                "reserves": list(reserves),
            }
            for values, size, chance, ratio, reserves in _by_profile(mixture, again.reserves)
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def _as_text(drawn: DrawRow, activity: ActivityRow) -> str:
    mixture = drawn.mixture
    again = draws.replay(drawn, activity)
    kind = "Dry run, nobody is seated" if drawn.dry_run else "Drawn and seated"
    lines = [
        f"{activity.name}: {len(drawn.seats):,} of {mixture.eligible:,} eligible. {kind}.",
        f"Seed {drawn.seed}, roster {drawn.roster_digest}",
        f"Seats: {', '.join(map(str, drawn.seats))}",
        f"Smallest chance {mixture.least_ratio:.3f} of the even one, median "
        f"{mixture.median_ratio:.3f}.",
        "",
        f"{'chance':>8} {'eligible':>9}  counted as; first reserves",
    ]
    for values, size, chance, _, reserves in _by_profile(mixture, again.reserves):
        who = ", ".join(values) or "everybody"
        first = " ".join(map(str, reserves[:5])) or "none"
        lines.append(f"{chance:>8.2%} {size:>9,}  {who}; {first}")
    return "\n".join(lines)


def _by_profile(
    mixture: Mixture, reserves: Sequence[tuple[int, ...]]
) -> list[tuple[tuple[str, ...], int, float, float, tuple[int, ...]]]:
    profiles = zip(mixture.profiles, mixture.chances, mixture.ratios, reserves, strict=True)
    return [(one.values, one.size, chance, ratio, left) for one, chance, ratio, left in profiles]
