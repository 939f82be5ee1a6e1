"""Page one: at most 200 words, the outcome, why, one voice, three figures, what can be done."""

from datetime import date

import pytest

from casework.decisions import Decided, Decision, Intent, recorded
from casework.options import LaunchOption, OptionKind
from casework.report import (
    Figures,
    Material,
    Paragraph,
    Quotation,
    Summary,
    Table,
    compose,
    front_to_markdown,
)
from casework.report.front import chosen_quote
from casework.report.words import shortened
from casework.verdict import Gate, Outcome, Verdict
from tests.casework.report.material import MOMENT, STUDY, material, verbatim, verdict

LONG = " ".join(["word"] * 400)
OPEN = Gate(name="values", clear=False, detail=f"Do not launch until Nora has reviewed: “{LONG}”")


def words(summary: Summary) -> int:
    """Every word that stands on page one, its headings and tables too."""
    shown = [summary.title, summary.front.title]
    for block in summary.front.blocks:
        if isinstance(block, Table):
            shown += [block.caption, *block.header, *(cell for row in block.rows for cell in row)]
        elif isinstance(block, Quotation):
            shown += [block.text, block.source]
        elif isinstance(block, Paragraph | Figures):
            shown.append(block.text)
    return len(" ".join(shown).replace("–", " ").split())


def texts(found: Material) -> list[str]:
    blocks = compose(found).front.blocks
    return [block.text for block in blocks if isinstance(block, Paragraph | Figures)]


def quotes(found: Material) -> list[str]:
    return [block.text for block in compose(found).front.blocks if isinstance(block, Quotation)]


def decided(found: Verdict, **changed: str) -> Decided:
    """To stage the release on 1 November, whatever the verdict."""
    intent = Intent(
        decision=Decision.STAGE,
        reason="A contract.",
        decider="Nora",
        risk_acceptor="Per",
        halt_trigger="Refunds.",
        recheck_on=date(2026, 12, 8),
        forecast=0.5,
    )
    record = recorded(
        intent,
        build="0.9.0",
        outcome=found.outcome,
        verdict_digest=found.digest,
        profile=None,
        now=MOMENT,
    )
    return Decided(record=record.model_copy(update=changed))


def test_what_was_decided_takes_the_place_of_the_day_to_decide() -> None:
    for found, told in (
        (OUTCOMES[Outcome.NO_GO], "stage the release, by Nora, against the verdict."),
        (OUTCOMES[Outcome.GO], "stage the release, by Nora."),
    ):
        said = texts(material(found, decisions=(decided(found),)))
        assert said[-1] == f"Decided 1 November 2026: {told}"
    assert texts(material(OUTCOMES[Outcome.GO]))[-1] == "Decision due 1 December 2026."


OUTCOMES = {
    Outcome.NO_GO: verdict(20, 40),
    Outcome.HOLD: verdict(60, gates=(OPEN,)),
    Outcome.GO: verdict(60),
    Outcome.NOT_ENOUGH_EVIDENCE: verdict(5),
    Outcome.INVALID: verdict(5, criteria=None),
}


@pytest.mark.parametrize(("outcome", "found"), OUTCOMES.items())
def test_page_one_has_at_most_200_words_whatever_people_typed(
    outcome: Outcome, found: Verdict
) -> None:
    assert found.outcome is outcome
    options = tuple(
        LaunchOption(kind=kind, owner="o " * 99, due_on="2026-12-01", cost=9_000, entered_at=MOMENT)
        for kind in OptionKind
    )
    said = tuple(
        verbatim(number, LONG, offended=number == 1).model_copy(update={"segment": "s " * 100})
        for number in (1, 2)
    )
    study = STUDY.model_copy(update={"title": "t " * 100, "owner_name": "o " * 100})
    renamed = found.model_copy(update={"build": "b " * 100})
    for decisions in ((), (decided(found, decider="o " * 100, digest="changed"),)):
        facts = {"options": options, "study": study, "decisions": decisions}
        summary = compose(material(renamed, *said, **facts))
        assert words(summary) <= 200
        printed = front_to_markdown(summary).replace("|", " ").split()
        # What is only a mark of Markdown is no word.
        assert sum(any(sign.isalnum() for sign in one) for one in printed) <= 200
    assert summary.front.title.startswith(outcome.value)


def test_a_no_go_quotes_somebody_offended_and_gives_the_first_reason() -> None:
    said = (
        verbatim(1, "Great fun, great sledges, great snow."),
        verbatim(2, "Santa was caught by the Grinch.", offended=True, polarity=-0.4),
    )
    found = material(OUTCOMES[Outcome.NO_GO], *said)
    assert quotes(found) == ["Santa was caught by the Grinch."]
    assert texts(found)[1].startswith("Upset or offended: 40 of 60 testers")


def test_a_go_says_its_scope_and_quotes_somebody_content() -> None:
    said = verbatim(1, "It hurts.", offended=True), verbatim(2, "Great fun.")
    found = material(OUTCOMES[Outcome.GO], *said)
    assert "Scope: " in texts(found)[0]
    assert "10 %" in texts(found)[0]
    assert quotes(found) == ["Great fun."]


def test_a_hold_says_who_reviews_what_and_quotes_only_that() -> None:
    gate = Gate(name="values", clear=False, detail="Do not launch until Nora has read: “No.”")
    found = material(verdict(60, gates=(gate,)), verbatim(1, "Great fun."))
    assert texts(found)[1] == gate.detail
    assert quotes(found) == []


def test_an_invalid_verdict_says_why_and_what_to_do() -> None:
    found = material(OUTCOMES[Outcome.INVALID])
    assert texts(found)[0] == "No honest verdict is possible for this build."
    assert texts(found)[1] == (
        "Nothing can be concluded: No launch criteria were registered before the first answer. "
        "Register launch criteria as a new attempt; it counts the answers from then on."
    )


def test_before_any_answer_page_one_says_only_that() -> None:
    said = texts(material(verdict(0)))
    assert said[1:] == ["No answers yet.", "Decision due 1 December 2026."]


def test_loyal_voices_speak_first_and_the_typical_one_for_many() -> None:
    said = (
        verbatim(1, "sleigh bells", loyal=False),
        verbatim(2, "splendid sleigh music"),
        verbatim(3, "sleigh music"),
        verbatim(4, "penguins everywhere"),
    )
    chosen = chosen_quote(said, Outcome.GO)
    assert chosen is not None
    # Shared words over the root of the length: 5/√3 = 2.89, 4/√2 = 2.83, 2/√2 = 1.41.
    assert chosen.answer_id == 2
    assert chosen_quote((), Outcome.GO) is None


def test_three_figures_stand_on_page_one_the_worst_first() -> None:
    figures = next(text for text in texts(material(OUTCOMES[Outcome.NO_GO])) if "n = 60" in text)
    assert figures.index("Upset or offended 67 %") < figures.index("Satisfaction 33 %")
    assert figures.endswith("Intervals are 95 %.")


def test_the_advised_way_out_is_marked_and_entered_ones_carry_their_owner() -> None:
    option = LaunchOption(
        kind=OptionKind.FIX_AND_RETEST, owner="Ann", cost=12_000, entered_at=MOMENT
    )
    front = compose(material(OUTCOMES[Outcome.NO_GO], options=(option,))).front
    (table,) = [block for block in front.blocks if isinstance(block, Table)]
    assert ("Fix and retest (advised)", "Ann", "–", "12,000") in table.rows
    assert ("Ship", "–", "–", "–") in table.rows


def test_a_go_for_a_staged_release_advises_to_stage() -> None:
    front = compose(material(OUTCOMES[Outcome.GO])).front
    (table,) = [block for block in front.blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows if "advised" in row[0]] == ["Stage (advised)"]


def test_a_shortened_quotation_is_closed() -> None:
    assert shortened("he said “one two three”", 3) == "he said “one …”"
    assert shortened("one  two", 2) == "one two"
