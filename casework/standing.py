"""Where a study stands, and the one thing to do next."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from casework.record import Moment, Record
from casework.schedule import Milestone


class Stage(StrEnum):
    """The steps of a study in the order in which they are usually taken."""

    CUSTOMERS = "customers"
    CRITERIA = "criteria"
    ACTIVITIES = "activities"
    BUILD = "build"
    INVITE = "invite"
    LISTEN = "listen"
    DECIDE = "decide"
    TELL = "tell"

    @property
    def label(self) -> str:
        """As shown in the row of steps."""
        named = {"invite": "Invitations", "listen": "Answers", "decide": "Verdict"}
        return named.get(self.value, "Told back" if self is Stage.TELL else self.value.capitalize())


class Room(StrEnum):
    """Where an owner goes to do it; the value is the page's address."""

    IMPORT = "import_data"
    CUSTOMERS = "customers"
    CRITERIA = "set_criteria"
    RECRUIT = "recruit"
    BUILD = "release_build"
    FEEDBACK = "read_feedback"
    VERDICT = "read_verdict"
    TELL = "tell_back"


class StudyFacts(Record):
    """What the next step depends on, as counts.

    `answers` counts valid first answers of the current attempt, out of `planned`; `newest_build`
    and `judged_builds` are version names; `closed` means the criteria's closing time has passed or
    all planned answers are in; `decided` that somebody decided on it.
    """

    customers: int = 0
    loyal: int = 0
    criteria_versions: int = 0
    judged_builds: tuple[str, ...] = ()
    activities: int = 0
    betas: int = 0
    chosen: int = 0
    invited: int = 0
    newest_build: str | None = None
    deliverable: bool = False
    answers: int = 0
    planned: int = 0
    closes_at: Moment | None = None
    closed: bool = False
    decided: bool = False
    replies: int = 0


class StageState(Record):
    """One step: done or not, with its count in words."""

    stage: Stage
    done: bool
    detail: str


class Standing(Record):
    """The row of steps and the one next action: what, where and why."""

    stages: tuple[StageState, ...]
    stage: Stage
    action: str
    room: Room
    why: str

    @property
    def finished(self) -> bool:
        """Nothing is left to do."""
        return all(state.done for state in self.stages)


class _Move(NamedTuple):
    stage: Stage
    due: Callable[[StudyFacts], bool]
    action: str
    room: Room
    why: str


def _unjudged(facts: StudyFacts) -> bool:
    return facts.newest_build is not None and facts.newest_build not in facts.judged_builds


_MOVES = (
    _Move(
        Stage.CUSTOMERS,
        lambda f: f.customers == 0,
        "Import your customers",
        Room.IMPORT,
        "The people to ask are those who already buy and play; nobody can be invited before that.",
    ),
    _Move(
        Stage.CUSTOMERS,
        lambda f: f.loyal == 0,
        "Import purchases or sessions",
        Room.IMPORT,
        "Loyalty is read from dated purchases and sessions, and there are none yet.",
    ),
    _Move(
        Stage.CRITERIA,
        lambda f: f.criteria_versions == 0,
        "Set the launch criteria",
        Room.CRITERIA,
        "Criteria written down before the first answer cannot be bent to fit it.",
    ),
    _Move(
        Stage.CRITERIA,
        _unjudged,
        "Set the criteria for the newest build",
        Room.CRITERIA,
        "The newest build has no launch criteria; its answers count only once it has.",
    ),
    _Move(
        Stage.ACTIVITIES,
        lambda f: f.activities == 0,
        "Plan an activity",
        Room.RECRUIT,
        "A focus group tells what people mind, a beta how many of them do.",
    ),
    _Move(
        Stage.ACTIVITIES,
        lambda f: f.chosen == 0,
        "Choose who to ask",
        Room.RECRUIT,
        "An activity is planned, and nobody is in it yet.",
    ),
    _Move(
        Stage.BUILD,
        lambda f: f.betas > 0 and not f.deliverable,
        "Release a build to testers",
        Room.BUILD,
        "Testers need something to play before they are invited.",
    ),
    _Move(
        Stage.INVITE,
        lambda f: f.invited == 0,
        "Send the invitations",
        Room.RECRUIT,
        "People were chosen, and none of them has been asked yet.",
    ),
    _Move(
        Stage.ACTIVITIES,
        lambda f: f.betas == 0,
        "Plan a beta",
        Room.RECRUIT,
        "A focus group finds ideas and vetoes; a verdict needs the answers of a beta.",
    ),
    _Move(
        Stage.LISTEN,
        lambda f: not f.closed,
        "Read the answers",
        Room.FEEDBACK,
        "Answers are still coming in. The verdict may be read at any time: looking often does "
        "not change it.",
    ),
    _Move(
        Stage.DECIDE,
        lambda f: not f.decided,
        "Read the verdict and decide",
        Room.VERDICT,
        "The answers are complete; the decision is yours to take and to note.",
    ),
    _Move(
        Stage.TELL,
        lambda f: f.replies == 0,
        "Tell people what you did",
        Room.TELL,
        "Whoever helped hears what came of it; people who are asked and then ignored leave.",
    ),
)
_NOTHING = _Move(
    Stage.TELL,
    lambda _: True,
    "Look back at the verdict",
    Room.VERDICT,
    "Every step is done. The record stays as it is.",
)


def where_it_stands(facts: StudyFacts) -> Standing:
    """The steps that are done and the one next action, decided from counts alone."""
    move = next((one for one in _MOVES if one.due(facts)), _NOTHING)
    done, details = _done(facts), _details(facts)
    states = (StageState(stage=stage, done=done[stage], detail=details[stage]) for stage in Stage)
    return Standing(
        stages=tuple(states), stage=move.stage, action=move.action, room=move.room, why=move.why
    )


def ahead(facts: StudyFacts) -> Milestone | None:
    """The first last day that this study has not yet put behind it; None once it has decided."""
    if facts.decided:
        return None
    if facts.closed and facts.answers:
        return Milestone.DECIDE
    return Milestone.CLOSE if facts.invited and facts.betas else Milestone.INVITE


def _done(facts: StudyFacts) -> dict[Stage, bool]:
    return {
        Stage.CUSTOMERS: facts.loyal > 0,
        Stage.CRITERIA: facts.criteria_versions > 0 and not _unjudged(facts),
        Stage.ACTIVITIES: facts.betas > 0 and facts.chosen > 0,
        Stage.BUILD: facts.deliverable,
        Stage.INVITE: facts.invited > 0,
        Stage.LISTEN: facts.closed,
        Stage.DECIDE: facts.decided,
        Stage.TELL: facts.replies > 0,
    }


def _details(facts: StudyFacts) -> dict[Stage, str]:
    people = f"{facts.customers:,}, {facts.loyal:,} of them loyal"
    planned = f"{facts.activities:,} planned, {facts.chosen:,} people chosen"
    answers = f"{min(facts.answers, facts.planned):,} of {facts.planned:,} planned"
    return {
        Stage.CUSTOMERS: people if facts.customers else "None imported yet",
        Stage.CRITERIA: _counted(facts.criteria_versions, "version"),
        Stage.ACTIVITIES: planned if facts.activities else "None planned yet",
        Stage.BUILD: facts.newest_build or "None yet",
        Stage.INVITE: f"{facts.invited:,} of {facts.chosen:,}" if facts.chosen else "Nobody yet",
        Stage.LISTEN: answers if facts.planned else "None yet",
        Stage.DECIDE: "Decision noted" if facts.decided else "Not decided yet",
        Stage.TELL: _counted(facts.replies, "reply", "replies"),
    }


def _counted(count: int, one: str, many: str = "") -> str:
    named = one if count == 1 else many or f"{one}s"
    return f"{count:,} {named}" if count else "None yet"
