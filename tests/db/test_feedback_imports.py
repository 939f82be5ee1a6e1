"""Facts about a file of feedback: testers answer through it, everybody else is a voice outside."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from casework.builds import Build
from casework.customers import Customer
from casework.errors import Closed, Invalid, NotAllowed, NotFound
from casework.feedback import Answer
from casework.funnel import Step
from casework.imports import Read
from casework.outside import FeedbackEntry
from casework.roles import Actor, Role
from db import (
    audit,
    builds,
    feedback,
    feedback_imports,
    imported_answers,
    outside,
    participants,
    verdicts,
)
from db.customers import CustomerRow
from db.feedback import FeedbackRow
from db.feedback_imports import FeedbackReport
from db.table import change
from tests.betas import CLOSES, NOW, OWNER, Beta, a_beta, a_study, a_tester, an_activity

HEAD = "customer,email,text,stars,offended,build,date\n"


def ref_of(beta: Beta, name: str = "Ada") -> str:
    return f"{beta.activity.id}-{name}"


def preview(
    session: Session, beta: Beta, rows: str, at: datetime = NOW, name: str = "survey.csv"
) -> Read[FeedbackEntry]:
    content = (HEAD + rows).encode()
    return feedback_imports.read_file(session, OWNER, beta.study, name, content, now=at)


def take_over(
    session: Session, beta: Beta, rows: str, at: datetime = NOW, name: str = "survey.csv"
) -> FeedbackReport:
    content = (HEAD + rows).encode()
    return feedback_imports.import_file(session, OWNER, beta.study, name, content, now=at)


def answers(session: Session) -> list[FeedbackRow]:
    return list(session.exec(select(FeedbackRow).order_by(col(FeedbackRow.received_at))))


def voices(session: Session, beta: Beta) -> list[str]:
    return [row.text for row in outside.find(session, OWNER, beta.study).voices]


def reason(read: Read[FeedbackEntry]) -> str:
    (row,) = read.set_aside
    return row.reason


def test_a_testers_row_is_their_answer_received_at_the_import(session: Session) -> None:
    beta = a_beta(session)
    report = take_over(
        session, beta, f"{ref_of(beta)},,The Grinch is cruel,2,yes,0.9.0,2026-09-01\n"
    )
    (row,) = answers(session)
    assert (row.participant_id, row.build_id) == (beta.tester.id, beta.build.id)
    assert (row.csat, row.offended, row.version, row.valid) == (2, True, 1, True)
    assert row.received_at == NOW  # not on 1 September, as the file says
    assert row.reading is not None
    assert participants.get(session, beta.tester.id or 0).step is Step.VALID
    assert (report.answers.added, report.voices.added, report.set_aside) == (1, 0, ())
    assert voices(session, beta) == []


def test_testers_are_known_by_their_id_or_their_address_in_any_case(session: Session) -> None:
    beta = a_beta(session)
    a_tester(session, beta.activity, "Bob")
    a_tester(session, beta.activity, "Cleo")
    rows = f"{ref_of(beta)},,a,5,,,\n,BOB@Example.com,b,4,,,\ncleo@example.com,,c,3,,,\n"
    report = take_over(session, beta, rows)
    assert report.answers.added == 3
    assert [row.csat for row in answers(session)] == [5, 4, 3]


def test_answers_keep_the_order_of_the_file(session: Session) -> None:
    beta = a_beta(session)
    names = ["Zoe", "Bob", "Yan", "Cleo"]
    for name in names:
        a_tester(session, beta.activity, name)
    take_over(session, beta, "".join(f"{ref_of(beta, name)},,{name},5,,,\n" for name in names))
    counted = verdicts.evidence(session, OWNER, beta.study, now=NOW + timedelta(days=1))
    texts = [session.get_one(FeedbackRow, int(one)).change_first for one in counted.counted_ids]
    assert texts == names


def test_everybody_else_is_a_voice_outside_and_never_counted(session: Session) -> None:
    beta = a_beta(session)
    known = Customer(ref="C9", name="Nobody's tester", email="nine@example.com")
    session.add(CustomerRow.model_validate(known))
    session.flush()
    report = take_over(session, beta, "C9,,known,1,yes,,\nX1,,stranger,2,,,\n,,nameless,3,,,\n")
    assert (report.answers.added, report.voices.added) == (0, 3)
    assert set(voices(session, beta)) == {"known", "stranger", "nameless"}
    assert answers(session) == []
    assert len(verdicts.evidence(session, OWNER, beta.study, now=NOW).counted_ids) == 0


def test_somebody_in_another_studys_beta_is_outside_here(session: Session) -> None:
    beta = a_beta(session)
    other = an_activity(session, a_study(session, "sleigh-ride"))
    a_tester(session, other, "Olga")
    report = take_over(session, beta, f"{other.id}-Olga,,hello,3,,,\n")
    assert (report.answers.added, report.voices.added) == (0, 1)


def test_importing_again_adds_nothing_twice(session: Session) -> None:
    beta = a_beta(session)
    rows = f"{ref_of(beta)},,Nice,5,,,\n,,A review,1,,,\n"
    take_over(session, beta, rows)
    again = take_over(session, beta, rows, at=NOW + timedelta(hours=1), name="renamed.csv")
    assert (again.answers.added, again.answers.updated, again.answers.unchanged) == (0, 0, 1)
    assert (again.voices.added, again.voices.updated, again.voices.unchanged) == (0, 0, 1)
    assert (len(answers(session)), len(voices(session, beta))) == (1, 1)


def test_the_first_answer_counts_whichever_way_it_came(session: Session) -> None:
    beta = a_beta(session)
    feedback.receive(session, beta.actor, beta.tester.id or 0, Answer(csat=5), now=NOW)
    rows = f"{ref_of(beta)},,Changed my mind,1,,,\n"
    report = take_over(session, beta, rows, at=NOW + timedelta(hours=1))
    assert (report.answers.added, report.answers.updated) == (0, 1)
    assert [(row.version, row.csat) for row in answers(session)] == [(1, 5), (2, 1)]
    counted = verdicts.evidence(session, OWNER, beta.study, now=NOW + timedelta(days=1))
    assert [session.get_one(FeedbackRow, int(one)).csat for one in counted.counted_ids] == [5]


def test_an_old_export_does_not_undo_what_a_tester_changed_since(session: Session) -> None:
    beta = a_beta(session)
    rows = f"{ref_of(beta)},,Nice,5,,,\n"
    take_over(session, beta, rows)
    later = Answer(csat=2, change_first="Less nice")
    feedback.receive(session, beta.actor, beta.tester.id or 0, later, now=NOW + timedelta(hours=1))
    again = take_over(session, beta, rows, at=NOW + timedelta(hours=2))
    assert again.answers.unchanged == 1
    assert [row.csat for row in answers(session)] == [5, 2]


def test_without_consent_nothing_of_a_tester_is_kept(session: Session) -> None:
    beta = a_beta(session)
    a_tester(session, beta.activity, "Bob", agreed=False)
    report = take_over(session, beta, f"{ref_of(beta, 'Bob')},,Hello,5,,,\n")
    assert "has not agreed to take part" in reason(report.read)
    assert (answers(session), voices(session, beta)) == ([], [])


def test_who_withdrew_does_not_come_back_as_a_voice_outside(session: Session) -> None:
    beta = a_beta(session)
    participants.withdraw(session, beta.actor, beta.tester, now=NOW)
    report = take_over(session, beta, f"{ref_of(beta)},ada@example.com,Hello,5,,,\n")
    assert "no longer in the test" in reason(report.read)
    assert (answers(session), voices(session, beta)) == ([], [])


def test_after_the_betas_end_no_answer_is_taken(session: Session) -> None:
    beta = a_beta(session)
    rows = f"{ref_of(beta)},,Late,5,,,\n"
    assert preview(session, beta, rows, at=CLOSES - timedelta(seconds=1)).set_aside == ()
    assert "ended on 2026-10-15" in reason(preview(session, beta, rows, at=CLOSES))


def test_before_a_build_is_out_there_is_nothing_to_answer_about(session: Session) -> None:
    beta = a_beta(session)
    change(beta.activity, build_id=None)
    session.flush()
    assert "no build yet" in reason(preview(session, beta, f"{ref_of(beta)},,Early,5,,,\n"))


def test_an_answer_about_another_build_is_not_taken_for_this_one(session: Session) -> None:
    beta = a_beta(session)
    rows = f"{ref_of(beta)},,Old,5,,0.8,\n"
    assert reason(preview(session, beta, rows)).startswith("The row is about build 0.8;")
    assert preview(session, beta, f"{ref_of(beta)},,Same,5,,V0.9.0,\n").set_aside == ()


def test_a_tester_of_two_betas_answers_about_the_build_that_the_row_names(
    session: Session,
) -> None:
    beta = a_beta(session)
    change(beta.activity, name="The first beta")
    session.flush()
    second = an_activity(session, beta.study)
    other = builds.add_build(
        session, OWNER, beta.study, Build(version="0.9.1", added_at=NOW), now=NOW
    )
    twice, _ = a_tester(session, second, "Again")
    change(twice, customer_id=beta.tester.customer_id)
    change(second, build_id=other.id)
    session.flush()
    rows = f"{ref_of(beta)},,first,5,,0.9.0,\n{ref_of(beta)},,second,5,,0.9.1,\n"
    assert take_over(session, beta, rows).answers.added == 2
    filed = {row.change_first: row.build_id for row in answers(session)}
    assert filed == {"first": beta.build.id, "second": other.id}


def test_an_address_that_two_testers_share_names_neither(session: Session) -> None:
    beta = a_beta(session)
    bob, _ = a_tester(session, beta.activity, "Bob")
    change(session.get_one(CustomerRow, bob.customer_id), email="ada@example.com")
    session.flush()
    rows = ",ada@example.com,Who?,5,,,\n"
    assert "Several testers" in reason(preview(session, beta, rows))


def test_an_outsider_without_words_or_stars_leaves_nothing_to_read(session: Session) -> None:
    beta = a_beta(session)
    assert "neither words nor stars" in reason(preview(session, beta, "X,,,,yes,,\n"))


def test_an_id_from_another_file_never_overwrites_its_voice(session: Session) -> None:
    beta = a_beta(session)

    def read(text: str, name: str) -> FeedbackReport:
        content = f"id,text\n1,{text}\n".encode()
        return feedback_imports.import_file(session, OWNER, beta.study, name, content, now=NOW)

    read("First wave", "one.csv")
    assert "came with “one.csv” already" in reason(read("Second wave", "two.csv").read)
    assert read("First wave", "two.csv").voices.unchanged == 1
    assert read("First wave edited", "one.csv").voices.updated == 1
    assert voices(session, beta) == ["First wave edited"]


def test_the_preview_warns_when_criteria_are_missing(session: Session) -> None:
    beta = a_beta(session)
    rows = f"{ref_of(beta)},,Nice,5,,,\n"
    missing = "Build 0.9.0 has no launch criteria yet."
    assert any(note.startswith(missing) for note in preview(session, beta, rows).notes)
    assert not any(missing in note for note in preview(session, beta, ",,A review,5,,,\n").notes)


def test_the_preview_stores_nothing_and_says_what_rows_are_taken_as(session: Session) -> None:
    beta = a_beta(session)
    read = preview(session, beta, f"{ref_of(beta)},,Nice,5,,,\n,,A review,5,,,\n")
    assert read.notes[0].startswith("Testers’ answers: 1 row. Outside voices,")
    assert [entry.participant_id for entry in read.accepted] == [beta.tester.id, None]
    assert (answers(session), voices(session, beta)) == ([], [])


def test_an_import_is_in_the_studys_trail_with_figures_and_no_names(session: Session) -> None:
    beta = a_beta(session)
    take_over(session, beta, f"{ref_of(beta)},,Nice,5,,,\n")
    trail = audit.of_study(session, beta.study.id or 0)
    (line,) = [row for row in trail if row.act == "import feedback"]
    assert line.detail.startswith("answers: 1 added")


def test_progress_hears_of_every_row(session: Session) -> None:
    beta = a_beta(session)
    steps: list[int] = []
    read = preview(session, beta, f"{ref_of(beta)},,Nice,5,,,\n,,A review,5,,,\n")
    feedback_imports.import_read(
        session, OWNER, beta.study, "survey.csv", read, now=NOW, progress=steps.append
    )
    assert steps == [1, 1]


def test_the_act_itself_refuses_what_the_preview_would(session: Session) -> None:
    beta = a_beta(session)
    entry = FeedbackEntry(
        ref="1", has_own_id=True, answer=Answer(csat=5), participant_id=beta.tester.id
    )

    def file(who: Actor, entry: FeedbackEntry, at: datetime = NOW, slug: str = "") -> None:
        study = a_study(session, slug) if slug else beta.study
        imported_answers.file(session, who, study, [entry], now=at)

    with pytest.raises(NotAllowed):
        file(beta.actor, entry)
    with pytest.raises(NotFound):
        file(OWNER, entry, slug="sleigh-ride")
    with pytest.raises(NotFound):
        file(OWNER, entry.model_copy(update={"participant_id": None}))
    with pytest.raises(Closed):
        file(OWNER, entry, at=CLOSES)
    assert answers(session) == []


def test_a_student_imports_nothing_into_the_case(session: Session) -> None:
    beta = a_beta(session)
    student = Actor(role=Role.STUDENT, name="Stu")
    with pytest.raises(NotAllowed):
        feedback_imports.read_file(session, student, beta.study, "x.csv", b"text\nHm\n", now=NOW)


def test_a_file_that_is_no_table_says_so(session: Session) -> None:
    beta = a_beta(session)
    for content in (b"", b"\x00\x01\x02", b"customer,date\n1,2026-01-01\n"):
        with pytest.raises(Invalid):
            feedback_imports.read_file(session, OWNER, beta.study, "x.csv", content, now=NOW)
