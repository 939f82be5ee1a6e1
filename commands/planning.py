"""Planning: how many answers an honest GO is likely to take."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import ValidationError

from casework.criteria import (
    Criterion,
    Metric,
    Profile,
    figure,
    least_answers,
    percent,
    profile_criteria,
)
from casework.criteria.profiles import LEAST_ANSWERS
from casework.errors import Invalid
from casework.verdict.answer_plan import (
    AnswerPlan,
    answers_alone,
    curve_of,
    looked_at,
    plan_together,
)
from casework.verdict.assumed import Assumed, usual
from casework.verdict.curve import Chances
from commands.door import clear_errors, deliver

HEADER = f"{'N':>6} {'GO':>7} {'with conditions':>16} {'NO-GO':>7} {'not enough':>11}"


class Style(StrEnum):
    """How a plan is printed."""

    TEXT = "text"
    JSON = "json"


def plan(
    *,
    metric: Annotated[Metric | None, typer.Option(help="One criterion, such as csat.")] = None,
    threshold: Annotated[
        float | None, typer.Option(help="What must be shown, such as .70; an NPS of 20 is .20.")
    ] = None,
    truth: Annotated[
        float | None, typer.Option(help="What you assume of the build; a good one by default.")
    ] = None,
    floor: Annotated[float | None, typer.Option(help="Acceptable with conditions.")] = None,
    profile: Annotated[
        Profile | None, typer.Option(help="All criteria of a profile together, simulated.")
    ] = None,
    power: Annotated[float, typer.Option(help="The chance of GO you want.")] = 0.8,
    family: Annotated[int, typer.Option(min=1, help="Criteria registered together.")] = 1,
    style: Annotated[Style, typer.Option("--format", help="text or json")] = Style.TEXT,
) -> None:
    """Print how many testers are needed, and the chance of each outcome over N.

    Example: python cli.py plan --metric csat --threshold .70 --truth .80 --power .9
    """
    with clear_errors():
        if not 0.0 < power < 1.0:
            raise Invalid("The chance of GO lies between 0 and 1, such as .8.")
        if (metric is None) == (profile is None):
            raise Invalid("Give either --metric with --threshold, or --profile.")
        if profile is not None:
            _print_together(profile, power, style)
        else:
            _print_one(_assumed(metric, threshold, floor, truth), power, family, style)


def _assumed(
    metric: Metric | None, threshold: float | None, floor: float | None, truth: float | None
) -> Assumed:
    if metric is None or threshold is None:
        raise Invalid("A criterion takes --metric and --threshold.")
    try:
        good = usual(Criterion(metric=metric, threshold=threshold, floor=floor))
        return good if truth is None else Assumed(criterion=good.criterion, truth=truth)
    except ValidationError as wrong:
        raise Invalid(wrong.errors()[0]["msg"].removeprefix("Value error, ")) from None


def _print_one(assumed: Assumed, power: float, family: int, style: Style) -> None:
    needed = answers_alone(assumed, power)
    curve = curve_of(assumed, looked_at([assumed], also=[needed]), family=family)
    least = least_answers(assumed.criterion, 0.05)
    if style is Style.JSON:
        facts = {"testers_needed": needed, "power": power, "least_answers": least}
        assumption = assumed.model_dump(mode="json")
        deliver(_as_json({**facts, **assumption, "curve": _rows(curve)}), None)
        return
    metric = assumed.criterion.metric
    limit = figure(metric, assumed.criterion.threshold)
    deliver(
        f"{metric.title}: {limit} must be shown, {figure(metric, assumed.truth)} is assumed.\n"
        f"Testers needed for a {percent(power)} chance of GO: {needed:,}\n"
        f"Smallest N that can ever GO: {least:,}\n\n{_table(curve)}",
        None,
    )


def _print_together(profile: Profile, power: float, style: Style) -> None:
    least = LEAST_ANSWERS[profile]
    can_go = profile is not Profile.stop_check
    assumed = [usual(one) for one in profile_criteria(profile, least)]
    with _progress() as progress:
        found = plan_together(
            assumed,
            power=power,
            also=[least],
            can_go=can_go,
            progress=progress,
        )
    if style is Style.JSON:
        deliver(_as_json({"profile": profile.value, **asdict(found)}), None)
    else:
        deliver(_told(found, can_go=can_go), None)


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar on stderr that is told the part done."""
    stream = typer.get_text_stream("stderr")
    with typer.progressbar(length=100, label="Simulating studies", file=stream) as bar:
        yield lambda part: bar.update(round(100 * part) - bar.pos)


def _told(found: AnswerPlan, *, can_go: bool) -> str:
    needed = "more than was looked at" if found.answers is None else f"about {found.answers:,}"
    opening = [
        f"Testers needed for a {percent(found.power)} chance of GO on all criteria: {needed}",
        f"Smallest N that can ever GO: {found.least:,}",
    ]
    lines = [
        *(opening if can_go else ["A stop check never says GO, however many testers answer."]),
        "",
        f"{'criterion':24}{'can ever GO':>12}{'alone':>8}{'saves, left out':>17}",
    ]
    lines += [
        f"{need.metric.title:24}{need.least:>12,}{_or_dash(need.alone):>8}{_or_dash(need.extra):>17}"
        for need in found.needs
    ]
    return "\n".join([*lines, "", _table(found.curve)])


def _or_dash(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


def _table(curve: tuple[Chances, ...]) -> str:
    rows = [
        f"{one.answers:>6,} {one.go:>7.1%} {one.conditions:>16.1%} {one.no_go:>7.1%}"
        f" {one.not_enough:>11.1%}"
        for one in curve
    ]
    return "\n".join([HEADER, *rows])


def _rows(curve: tuple[Chances, ...]) -> list[dict[str, float]]:
    return [asdict(one) for one in curve]


def _as_json(facts: dict[str, object]) -> str:
    return json.dumps(facts, indent=2, ensure_ascii=False)
