"""Facts about reading anew: in batches, once each, cancelled and resumed, people kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from casework.corrections import Judgement, OwnTerm, Spoken
from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer
from casework.outside import OutsideVoice
from casework.roles import Actor, Role
from casework.sentiment import SCORER_VERSION, Label
from db import corrections, feedback, outside, own_terms, rescoring
from db.feedback import FeedbackRow
from db.outside import OutsideVoiceRow
from db.rescoring import RescoringState
from tests.betas import NOW, OWNER, a_beta, a_tester

YULEISH = OwnTerm(term="yuleish", weight=1.2, because="by hand")
ANSWERS, VOICES = 5, 7


def texts(session: Session) -> None:
    """Five answers and seven voices with a word that only own terms know; one voice is silent."""
    beta = a_beta(session)
    for number in range(ANSWERS):
        tester, actor = a_tester(session, beta.activity, f"T{number}")
        told = Answer(csat=4, change_first=f"How yuleish {number}.")
        feedback.receive(session, actor, tester.id or 0, told, now=NOW)
    said = [*(f"Yuleish {number}" for number in range(VOICES)), ""]
    outside.keep(
        session,
        OWNER,
        beta.study,
        [
            OutsideVoice(ref=str(at), text=text, source="x.csv", imported_at=NOW)
            for at, text in enumerate(said)
        ],
    )


def read_to_the_end(session: Session, batch: int = 3) -> int:
    turns = 0
    while rescoring.turn(session, now=NOW, batch=batch):
        turns += 1
        assert turns < 50
    return turns


def read_by(session: Session) -> list[str]:
    return [
        *session.exec(select(FeedbackRow.read_by)),
        *session.exec(select(OutsideVoiceRow.read_by).where(OutsideVoiceRow.text != "")),
    ]


def test_where_nothing_changed_there_is_nothing_to_do(session: Session) -> None:
    texts(session)
    assert rescoring.outdated(session) == 0
    assert not rescoring.turn(session, now=NOW)
    assert rescoring.latest(session) is None
    with pytest.raises(Invalid, match="read by scorer"):
        rescoring.begin(session, OWNER, now=NOW)


def test_an_accepted_word_has_every_text_read_anew_once(session: Session) -> None:
    texts(session)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    assert rescoring.outdated(session) == ANSWERS + VOICES
    read_to_the_end(session)
    job = rescoring.latest(session)
    assert job is not None
    assert (job.state, job.done, job.total) == (RescoringState.DONE, 12, 12)
    assert job.changed == 12
    assert set(read_by(session)) == {f"{SCORER_VERSION}+1"}
    assert rescoring.outdated(session) == 0
    row = session.exec(select(FeedbackRow)).first()
    assert row is not None
    assert row.reading is not None
    assert row.polarity == row.reading.polarity > 0.5
    assert not rescoring.turn(session, now=NOW)


def test_batches_of_any_size_give_the_same_readings(session: Session) -> None:
    texts(session)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    read_to_the_end(session, batch=100)
    once = list(session.exec(select(FeedbackRow.polarity)))
    own_terms.revoke(session, OWNER, "yuleish", now=NOW)
    read_to_the_end(session, batch=1)
    assert set(session.exec(select(FeedbackRow.polarity))) == {None}
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    read_to_the_end(session, batch=2)
    assert list(session.exec(select(FeedbackRow.polarity))) == once


def test_what_people_said_and_what_textblob_said_stay(session: Session) -> None:
    texts(session)
    wrong = Judgement(label=Label.negative, offence=True, reason="Irony.")
    filed = corrections.correct(session, OWNER, Spoken.ANSWER, 1, wrong, now=NOW)
    before = filed.model_dump()
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    read_to_the_end(session)
    row = session.get(FeedbackRow, 1)
    assert row is not None
    assert row.reading is not None
    assert row.reading.label is Label.positive
    assert (row.polarity, row.human_label, row.offence) == (-0.6, Label.negative, True)
    assert row.reading.textblob_polarity == filed.raw_polarity
    session.refresh(filed)
    assert filed.model_dump() == before


def test_a_cancelled_job_rests_until_it_is_resumed_where_it_was(session: Session) -> None:
    texts(session)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    job = rescoring.begin(session, OWNER, now=NOW)
    assert rescoring.turn(session, now=NOW, batch=3)
    rescoring.cancel(session, OWNER, now=NOW)
    assert (job.done, job.cursor, job.state) == (3, job.cursor, RescoringState.CANCELLED)
    assert not rescoring.turn(session, now=NOW)
    assert rescoring.outdated(session) == 9
    with pytest.raises(Invalid, match="Nothing is being read"):
        rescoring.cancel(session, OWNER, now=NOW)
    assert rescoring.begin(session, OWNER, now=NOW).id == job.id
    read_to_the_end(session)
    assert (job.done, job.state) == (12, RescoringState.DONE)


def test_a_change_meanwhile_overtakes_the_job(session: Session) -> None:
    texts(session)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    first = rescoring.begin(session, OWNER, now=NOW)
    rescoring.turn(session, now=NOW, batch=3)
    own_terms.revoke(session, OWNER, "yuleish", now=NOW)
    read_to_the_end(session)
    second = rescoring.latest(session)
    assert second is not None
    assert first.state is RescoringState.OVERTAKEN
    assert (second.number, second.state) == (2, RescoringState.DONE)
    assert set(read_by(session)) == {f"{SCORER_VERSION}+2"}


def test_beginning_twice_is_one_job_and_only_owners_begin_or_cancel(session: Session) -> None:
    texts(session)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    first = rescoring.begin(session, OWNER, now=NOW)
    assert rescoring.begin(session, OWNER, now=NOW).id == first.id
    student = Actor(role=Role.STUDENT, name="Sam")
    for act in (rescoring.begin, rescoring.cancel):
        with pytest.raises(NotAllowed):
            act(session, student, now=NOW)


def test_two_workers_at_once_read_every_text_once(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        texts(session)
        own_terms.accept(session, OWNER, YULEISH, now=NOW)
        session.commit()

    def work(_number: int) -> None:
        more = True
        while more:
            with Session(engine, expire_on_commit=False) as mine:
                more = rescoring.turn(mine, now=NOW, batch=1)
                mine.commit()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    with Session(engine) as session:
        job = rescoring.latest(session)
        assert job is not None
        assert (job.number, job.state) == (1, RescoringState.DONE)
        assert (job.done, job.changed) == (12, 12)


def test_what_a_crash_interrupts_is_undone_and_done_again(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        texts(session)
        own_terms.accept(session, OWNER, YULEISH, now=NOW)
        rescoring.turn(session, now=NOW, batch=2)
        session.commit()
    with Session(engine) as session:
        rescoring.turn(session, now=NOW, batch=4)
        session.rollback()
    with Session(engine, expire_on_commit=False) as session:
        job = rescoring.latest(session)
        assert job is not None
        assert job.done == 2
        read_to_the_end(session)
        assert job.done == 12
