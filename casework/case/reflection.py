"""What to think about once the work is handed in: questions tied to facts of the case."""

from casework.record import Prose, Record


class Prompt(Record):
    """A question and the facts it comes from."""

    text: Prose
    facts: tuple[str, ...]


PROMPTS: tuple[Prompt, ...] = (
    Prompt(
        text="The first game fitted by luck. How would you know, next time, that it was not luck?",
        facts=("F5",),
    ),
    Prompt(
        text="A few hours were enough for a blueprint. Which of your activities is worth the time "
        "it takes from that speed?",
        facts=("F8",),
    ),
    Prompt(
        text="Nate loves neither asking nor waiting. How would you win him over to your plan?",
        facts=("F9",),
    ),
    Prompt(
        text="One month was left. On which day would your plan have shown the trouble?",
        facts=("F10",),
    ),
    Prompt(
        text="It was loyal players who felt hurt. What surprised you in their answers, and what "
        "did you expect wrongly?",
        facts=("F12",),
    ),
)
