"""How long the launch summary of the demonstration takes to write in each form."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from sqlmodel import Session

from casework.report import (
    Material,
    compose,
    to_bundle,
    to_html,
    to_json,
    to_markdown,
    to_pdf,
    typeset,
)
from casework.report.page import drawn
from casework.roles import Actor, Role
from db import demonstration, studies, summaries
from db.clock import now
from db.engine import make_engine
from db.table import metadata

OWNER = Actor(role=Role.OWNER, name="bench")
GOAL_SECONDS = 1.0
PASSES = 5


def main(data: Path | None) -> None:  # noqa: ARG001 - every bench is called alike
    """Print each form's time with every chart drawn anew, and its ratio to that of HTML."""
    found, gathered = _gathered()
    began = perf_counter()
    summary = compose(found)
    composed = perf_counter() - began
    began = perf_counter()
    to_pdf(summary)
    cold = perf_counter() - began
    pages = len(typeset(summary, "png", ppi=20))
    forms: dict[str, Callable[[], object]] = {
        f"PDF of {pages} pages (goal {GOAL_SECONDS:g} s)": lambda: to_pdf(summary),
        "HTML": lambda: to_html(summary),
        "Markdown": lambda: to_markdown(summary),
        "JSON": lambda: to_json(summary, found.verdict),
        "CSV bundle": lambda: to_bundle(found, []),
    }
    print(f"gathered in {gathered:.2f} s, composed in {composed:.2f} s")
    print(f"the first PDF of a process, which starts the drawing of charts: {cold:.2f} s")
    print(f"{'':28}{'charts anew':>14}{'charts known':>14}{'of HTML, anew':>16}")
    taken = {
        name: (_best(write, anew=True), _best(write, anew=False)) for name, write in forms.items()
    }
    html, _ = taken["HTML"]
    for name, (anew, known) in taken.items():
        print(f"{name:28}{anew:12.3f} s{known:12.3f} s{anew / html:16.2f}")


def _gathered() -> tuple[Material, float]:
    engine = make_engine("sqlite://")
    metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        demonstration.load(session, now=now())
        study = studies.by_slug(session, "santa-run")
        began = perf_counter()
        found = summaries.material(session, OWNER, study, "0.9.0", now=now())
        return found, perf_counter() - began


def _best(work: Callable[[], object], *, anew: bool) -> float:
    """Seconds of the best pass."""
    passes = []
    for _ in range(PASSES):
        if anew:
            drawn.cache_clear()
        began = perf_counter()
        work()
        passes.append(perf_counter() - began)
    return min(passes)
