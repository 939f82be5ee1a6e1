"""One replay in words for a terminal: choices, what was heard, what was true, what came of it."""

from collections.abc import Iterator, Sequence

from casework.case.exercise import Method
from casework.replay.calendar import Held
from casework.replay.hearing import Heard
from casework.replay.outcome import Replay
from casework.replay.plan import Complaints, Findings

NOTE = (
    "Every number but two is a teaching assumption; the course's own are that the dissatisfied "
    "tell twice as many, and that 82 % stay when a complaint is answered at once."
)
_PEOPLE = {
    Method.FOCUS_GROUP: "people",
    Method.BETA: "testers",
    Method.MARKET_RESEARCH: "answers",
}


def as_text(played: Replay, others: Sequence[tuple[str, Replay]] = ()) -> str:
    """The replay, and below it the same world under other plans, each with what was changed."""
    sections = [
        _title(played),
        *_asked(played),
        _built(played),
        _came_of_it(played),
        _hidden(played),
    ]
    if others:
        sections.append("Same world, one choice changed\n" + compared(played, others))
    return "\n\n".join([*sections, NOTE])


def compared(played: Replay, others: Sequence[tuple[str, Replay]]) -> str:
    """A table of this replay and others in the same world."""
    lines = [f"  {'':46}{'stars':>6}{'net':>10}{'Clash players lost':>20}"]
    for change, other in [("This plan", played), *others]:
        lines.append(
            f"  {change:46}{_stars(other.sales.stars):>6}{other.money.net:>10,.0f}"
            f"{other.lost.total:>20,}"
        )
    return "\n".join(lines)


def _title(played: Replay) -> str:
    plan = played.plan
    heeds = "act on what is heard" if plan.findings is Findings.ACT else "ignore what is heard"
    answers = plan.complaints is Complaints.ANSWER
    complaints = "answer complaints within 24 hours" if answers else "leave complaints unanswered"
    choice = f"{heeds}, {complaints}" if plan.activities else f"ask nobody, {complaints}"
    return f"{plan.name} · world {played.seed}\nChoices: {choice}."


def _asked(played: Replay) -> Iterator[str]:
    if played.heard:
        pairs = zip(played.calendar.held, played.heard, strict=True)
        lines = [line for held, heard in pairs for line in _activity(held, heard)]
        yield "\n".join(["What you heard, and when", *lines])


def _activity(held: Held, heard: Heard) -> Iterator[str]:
    asking = held.asking
    yield (
        f"  Week {held.begins:g} to {held.ends:g}, {held.phase.value}: "
        f"{asking.method.label.lower()}, {asking.whom.short}: {heard.invited:,} invited, "
        f"{heard.came:,} {_PEOPLE[asking.method]}"
    )
    answers = f" of {heard.answers:,} who answered" if heard.answers != heard.came else ""
    found = "taken for a finding" if heard.found else "no finding"
    yield f"    {heard.said:,}{answers} said that a scene hurts: {found}."
    if heard.difficulty is not None:
        yield f"    Asked for difficulty {heard.difficulty:.2f}."


def _built(played: Replay) -> str:
    calendar, game = played.calendar, played.game
    scene = "Santa is caught" if game.caught else "Santa gets away"
    lines = [
        "What was built",
        f"  Programmed from week {calendar.programmed_from:g}, playable from "
        f"week {calendar.playable_from:g}, released in week {calendar.released:g} "
        f"(Christmas is week 16).",
        f"  {scene}; difficulty {game.difficulty:.2f}; {game.crash_rate:.0%} meet a bug.",
    ]
    if calendar.patched is not None:
        mended = "" if game.caught_after_patch else ", in which Santa gets away"
        lines.append(f"  Changed for everybody in week {calendar.patched:g}{mended}.")
    return "\n".join(lines)


def _came_of_it(played: Replay) -> str:
    sold, money, lost = played.sales, played.money, played.lost
    satisfied = "" if sold.satisfied is None else f", {sold.satisfied:.0%} satisfied"
    budget = f"; more than the budget of {money.budget:,.0f}" if money.over_budget else ""
    return "\n".join(
        [
            "What came of it",
            f"  {sold.buyers:,} buyers, {_stars(sold.stars)} stars{satisfied}; "
            f"{sold.hurt:,} hurt, {sold.complaints:,} complaints.",
            f"  Earned {money.earned:,.0f}, spent {money.spent:,.0f} (weeks {money.weeks:,.0f}, "
            f"asking {money.asking:,.0f}, changing {money.fixing:,.0f}, "
            f"answering {money.answering:,.0f}){budget}.",
            f"  Net {money.net:,.0f}.",
            f"  {lost.total:,} Clash players lost: {lost.anyway:,} anyway, {lost.hurt:,} hurt, "
            f"{lost.ignored:,} asked and ignored; {lost.kept:,} kept by an answer.",
        ]
    )


def _hidden(played: Replay) -> str:
    hidden = played.hidden
    rows = [
        f"  {each.crowd:18}{each.people:>8,}{each.hurt:>8.0%}{each.difficulty:>12.2f}"
        for each in hidden.crowds
    ]
    everybody = f"  {'Everybody':18}{sum(each.people for each in hidden.crowds):>8,}"
    return "\n".join(
        [
            "What was true all along",
            f"  {'':18}{'people':>8}{'hurt':>8}{'difficulty':>12}",
            *rows,
            f"{everybody}{hidden.hurt:>8.0%}{hidden.difficulty:>12.2f}",
        ]
    )


def _stars(stars: float | None) -> str:
    return "–" if stars is None else f"{stars:.2f}"
