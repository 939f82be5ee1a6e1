"""What stands behind page one."""

from casework.attempts import Attempt
from casework.gates import GateName, GateReview
from casework.report import Chart, Material, Paragraph, Quotation, Section, Table, compose
from casework.verdict import Gate
from tests.casework.report.material import MOMENT, material, verbatim, verdict
from tests.casework.verdict.study import CSAT, plan, registered


def section(found: Material, title: str) -> Section:
    return next(one for one in compose(found).sections if one.title == title)


def told(found: Material, title: str) -> str:
    blocks = section(found, title).blocks
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))


def test_the_silent_are_weighed_criterion_by_criterion() -> None:
    # 45 of 60 satisfied, 60 of 100 asked: (0.70 - 0.6 * 0.75) / 0.4 = 62.5 %.
    found = material(verdict(45, 15), asked=100, answered=60)
    title = "Who answered, and who stayed silent"
    assert "100 people were asked for this build; 60 answered (60 %)." in told(found, title)
    (table,) = [one for one in section(found, title).blocks if isinstance(one, Table)]
    rows = {row[0]: row[-1] for row in table.rows}
    assert rows["Satisfaction"].startswith("a rate of 62 %")
    assert "no rate among the silent" in rows["Upset or offended"]


def test_where_nobody_knows_who_was_asked_nothing_is_said_of_the_silent() -> None:
    found = material(verdict(45, 15))
    assert "not known" in told(found, "Who answered, and who stayed silent")


def test_more_answers_than_asked_is_everybody() -> None:
    found = material(verdict(45, 15), asked=50, answered=60)
    (table,) = [
        one
        for one in section(found, "Who answered, and who stayed silent").blocks
        if isinstance(one, Table)
    ]
    assert {row[-1] for row in table.rows} == {"everyone answered"}


def test_every_attempt_adds_its_chance_of_a_false_go() -> None:
    def attempt(number: int) -> Attempt:
        return Attempt(
            build=f"0.9.{number}",
            registration=registered(plan(CSAT, answers=60)),
            since=MOMENT,
            until=None,
            late=False,
            answers=60,
            number=number,
            of=3,
        )

    three = material(verdict(60), attempts=tuple(attempt(number) for number in (1, 2, 3)))
    assert "over 3 attempts: at most 15 %" in told(three, "Attempts and versions")
    one = material(verdict(60), attempts=(attempt(1),))
    assert "over 1 attempt: at most 5 %" in told(one, "Attempts and versions")


def test_without_criteria_it_says_so_and_nothing_is_claimed() -> None:
    found = material(verdict(5, criteria=None))
    assert "No launch criteria were registered" in told(found, "Launch criteria")
    assert "Attempts and versions" not in [one.title for one in compose(found).sections]
    assert "here there are none" in told(found, "Method")


def test_verbatims_put_offence_first_then_the_strongest_and_print_a_text_once() -> None:
    said = (
        verbatim(1, "Fine.", polarity=0.1),
        verbatim(2, "Wonderful!", polarity=0.9),
        verbatim(3, "It hurt us.", offended=True, polarity=-0.2),
        verbatim(4, "Wonderful!", polarity=0.9),
    )
    found = material(verdict(60), *said)
    quoted = [
        block.text
        for block in section(found, "What testers wrote").blocks
        if isinstance(block, Quotation)
    ]
    assert quoted == ["It hurt us.", "Wonderful!", "Fine."]
    assert "4 answers may be quoted; 3 of them here" in told(found, "What testers wrote")


def test_that_nobody_but_the_loyal_answered_is_the_first_warning() -> None:
    title = "Biases and warnings"
    only = told(material(verdict(60), loyal=60), title)
    assert only.startswith("All 60 counted testers are loyal; how other customers would answer")
    found = compose(material(verdict(60), loyal=59))
    assert all("testers are loyal" not in str(one) for one in found.sections)


def test_answers_that_nobody_read_are_among_the_warnings() -> None:
    title, unread = "Biases and warnings", "2 answers in another language were not read."
    assert unread in told(material(verdict(60), not_read=unread), title)
    without = compose(material(verdict(60)))
    assert all("another language" not in str(one) for one in without.sections)


def test_an_open_values_gate_says_that_it_counts_more_than_this_build() -> None:
    still = Gate(name="values", clear=False, detail="Do not launch until Ann has reviewed it.")
    wanted = "counted over everything this study heard, all builds and meetings"
    assert wanted in told(material(verdict(60, gates=(still,))), "Gates and reviews")


def test_gates_and_reviews_are_told_with_names_reasons_and_changes() -> None:
    gate = Gate(name="values", clear=True, detail="Reviewed by Ann: He escapes.")
    review = GateReview(
        gate=GateName.VALUES,
        reviewer="Ann",
        reason="He escapes.",
        change="The scene.",
        reviewed_at=MOMENT,
    )
    text = told(material(verdict(60, gates=(gate,)), reviews=(review,)), "Gates and reviews")
    assert "Values: clear. Reviewed by Ann: He escapes." in text
    assert "1 November 2026, 12:00 UTC: Ann reviewed values. He escapes. Change: The scene." in text


def test_the_criteria_table_shows_limit_floor_figure_interval_and_standing() -> None:
    (table,) = [
        one.table
        for one in section(material(verdict(20, 40)), "Launch criteria").blocks
        if isinstance(one, Chart)
    ]
    offended = next(row for row in table.rows if row[0].startswith("Upset"))
    assert offended[1:4] == ("at most 10 %", "–", "67 %")
    assert offended[-2:] == ("60 of 60", "failed")
