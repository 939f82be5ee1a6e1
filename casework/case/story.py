"""The BoomerGames case in our own words: its facts, the story they make, and what it leaves out."""

from casework.record import Line, Prose, Record


class Fact(Record):
    """One thing the case says. `title` is the chip a student picks, at most five words."""

    key: Line
    title: Line
    text: Prose


class Paragraph(Record):
    """A stretch of the story and the keys of the facts it tells."""

    text: Prose
    facts: tuple[str, ...]


class Inference(Record):
    """What we conclude from the facts. The label keeps it from being read as one of them."""

    label: Line = "Our reading, not a fact of the case"
    text: Prose
    facts: tuple[str, ...]


def _fact(key: str, title: str, text: str) -> Fact:
    return Fact(key=key, title=title, text=text)


FRAME = _fact(
    "F18",
    "Complaints are opportunities",
    "A complaint that is answered quickly is a chance to do better. Customers belong at the centre "
    "when design, quality and pricing are decided.",
)
"""How the course looks at the case: to be cited beside one of its facts, not instead of one."""

FACTS: tuple[Fact, ...] = (
    _fact(
        "F1",
        "You advise the developer",
        "You are a consultant, and your client develops mobile apps.",
    ),
    _fact(
        "F2", "Nate, the CEO, calls", "The call comes from Nate, chief executive of BoomerGames."
    ),
    _fact(
        "F3",
        "Mobile games, Android and iOS",
        "BoomerGames designs mobile games and launches them on Android and iOS.",
    ),
    _fact(
        "F4",
        "Clash of Armies, surprise hit",
        "The first game, Clash of Armies, did well, and nobody in the company had seen it coming.",
    ),
    _fact(
        "F5",
        "Dinner idea happened to fit",
        "The team thought Clash of Armies up over dinner, and it turned out to be just what "
        "customers wanted.",
    ),
    _fact(
        "F6",
        "Hit ageing, holiday game launched",
        "Clash of Armies is showing its age, so a new game came out for the holiday season.",
    ),
    _fact(
        "F7",
        "Santa flees from the Grinch",
        "In Santa Run, Santa brings gifts to every home in the village on Christmas Eve while the "
        "Grinch, who wants Christmas ruined, chases him.",
    ),
    _fact(
        "F8",
        "Pizza night, blueprint in hours",
        "Santa Run was made the way the first game was: a pizza night, and a blueprint within a "
        "few hours.",
    ),
    _fact(
        "F9",
        "Loves not asking or waiting",
        "What Nate loves about this way of working is that he asks nobody and waits for nobody.",
    ),
    _fact(
        "F10",
        "Out a month before Christmas",
        "Santa Run reached the app store one month before Christmas.",
    ),
    _fact(
        "F11",
        "People who tried hated it",
        "To the team's shock, those who tried Santa Run hated it.",
    ),
    _fact(
        "F12",
        "Caught Santa offended loyal players",
        "Some of the most loyal Clash of Armies players wrote in: watching the Grinch catch Santa "
        "offended them.",
    ),
    _fact("F13", "Christmas spirit ruined", "For them it took the Christmas spirit away."),
    _fact(
        "F14",
        "Admits mistake, wants change",
        "Nate says it was a big mistake and that BoomerGames has to work differently.",
    ),
    _fact(
        "F15",
        "Which two activities next time?",
        "He has run out of ideas and asks you for two activities that would help BoomerGames "
        "understand, next time, what customers want.",
    ),
    FRAME,
)
"""What a student may cite, in the order of the story."""

CASE_FACTS: frozenset[str] = frozenset(fact.key for fact in FACTS) - {FRAME.key}
"""The keys that count as a fact of the case: the frame is a way of looking at it."""

STORY: tuple[Paragraph, ...] = (
    Paragraph(
        text="You are a consultant, and today your client is a developer of mobile apps. The "
        "phone rings: it is Nate, the chief executive of BoomerGames, a company that designs "
        "games for Android and iOS and brings them to market.",
        facts=("F1", "F2", "F3"),
    ),
    Paragraph(
        text="He starts with the good times. Clash of Armies, the company's first game, took off, "
        "and no one there had expected it. The idea was born at a team dinner. As it turned out, "
        "it was the very thing customers were looking for.",
        facts=("F4", "F5"),
    ),
    Paragraph(
        text="By now Clash of Armies has been around for a while, and BoomerGames wanted something "
        "new for the holidays. That became Santa Run. It is Christmas Eve, every home in the "
        "village is waiting for its gifts, and Santa has to deliver them with the Grinch at his "
        "heels, who would like nothing better than to spoil Christmas.",
        facts=("F6", "F7"),
    ),
    Paragraph(
        text="The recipe was the old one: the team ordered pizza, and a few hours later the "
        "blueprint was done. Nate enjoys working like this. There is nobody to ask and nothing "
        "to wait for. One month before Christmas the game was in the app store.",
        facts=("F8", "F9", "F10"),
    ),
    Paragraph(
        text="Then came the shock. The people who tried Santa Run hated it. Among those who wrote "
        "were some of the most loyal Clash of Armies players. The Grinch gets hold of Santa, and "
        "to them that sight was offensive. It ruined the spirit of Christmas for them.",
        facts=("F11", "F12", "F13"),
    ),
    Paragraph(
        text="Nate does not make excuses: this was a big mistake, and the company must change its "
        "ways. But how? He has no ideas left, so he asks you. Which two activities should "
        "BoomerGames carry out next time, to understand better what its customers want?",
        facts=("F14", "F15"),
    ),
)

BRIEF = (
    "Plan two activities that would help BoomerGames understand its customers before the next "
    "launch. Choose from the list or bring your own idea: an unusual one is welcome as long as it "
    "refers to facts of the case."
)

WHY_IT_FAILED: tuple[Inference, ...] = (
    Inference(
        text="One lucky hit was mistaken for a method: a dinner had worked once, so it was done "
        "again.",
        facts=("F4", "F5", "F8"),
    ),
    Inference(
        text="Nobody outside the team was asked before the launch, and that was the part Nate "
        "liked.",
        facts=("F8", "F9"),
    ),
    Inference(
        text="One scene went against what people hold dear. The team could not see that; "
        "customers saw it at once.",
        facts=("F7", "F12", "F13"),
    ),
    Inference(
        text="The first feedback arrived after the release, when the harm was already done.",
        facts=("F10", "F11", "F12"),
    ),
    Inference(
        text="A holiday game has one season, and few weeks of it were left for a repair.",
        facts=("F6", "F10"),
    ),
)
"""Conclusions for the comparison at the end; shown earlier they would give the answer away."""

NOT_IN_THE_CASE: tuple[str, ...] = (
    "what the games cost to buy",
    "what BoomerGames earns",
    "how many people play",
    "how the games are rated",
    "how much BoomerGames can spend",
    "in which country any of this happens",
)
"""What an answer may assume but must not present as something the case says."""


def fact(key: str) -> Fact | None:
    """The fact with this key, or None when the case has none."""
    return next((each for each in FACTS if each.key == key), None)
