"""Facts about the tone in a verdict: people's values count, and the verdict says how many."""

from datetime import timedelta

import numpy as np
import pytest
from sqlmodel import Session, col, select

from casework.corrections import Judgement, OwnTerm, Spoken
from casework.criteria import Metric
from casework.sentiment import SCORER_VERSION, Label
from db import behind_tone, corrections, own_terms, rescoring, summaries, verdicts
from db.feedback import FeedbackRow
from db.table import change
from tests.betas import NOW, OWNER
from tests.santa_run import a_santa_run

LATER = NOW + timedelta(days=1)


def test_a_correction_moves_the_verdicts_tone_and_is_counted(session: Session) -> None:
    study = a_santa_run(session, NOW)
    before = verdicts.evidence(session, OWNER, study, now=LATER)
    row = session.exec(select(FeedbackRow).order_by(col(FeedbackRow.id))).first()
    assert row is not None
    meant = Judgement(label=Label.positive, reason="A joke.")
    corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, meant, now=LATER)
    after = verdicts.evidence(session, OWNER, study, now=LATER)
    tones = [one.evidence.values[Metric.sentiment] for one in (before, after)]
    place = int(np.flatnonzero(after.feedback_ids == row.id)[0])
    assert tones[0][place] < 0
    assert tones[1][place] == pytest.approx(0.6, abs=1e-6)
    offended = [one.evidence.values[Metric.offended] for one in (before, after)]
    assert np.array_equal(offended[0], offended[1])
    told = behind_tone.behind(session, OWNER, study, after)
    assert (told.with_tone, told.by_people) == (30, 1)
    assert told.read_by == {}
    assert (
        "Of 30 counted tones 1 are"
        in summaries.material(session, OWNER, study, now=LATER).scorer_error
    )


def test_while_texts_are_read_anew_the_verdict_names_both_scorers(session: Session) -> None:
    study = a_santa_run(session, NOW)
    own_terms.accept(session, OWNER, OwnTerm(term="yuleish", weight=1, because="b"), now=LATER)
    rescoring.turn(session, now=LATER, batch=12)
    counted = verdicts.evidence(session, OWNER, study, now=LATER)
    told = behind_tone.behind(session, OWNER, study, counted)
    assert told.read_by == {SCORER_VERSION: 18, f"{SCORER_VERSION}+1": 12}
    assert told.is_mixed
    assert told.registered == "1.0"
    while rescoring.turn(session, now=LATER):
        pass
    assert behind_tone.behind(session, OWNER, study, counted).read_by == {}


def test_answers_in_another_language_are_counted_as_unread_in_the_summary(session: Session) -> None:
    study = a_santa_run(session, NOW)
    row = session.exec(select(FeedbackRow).order_by(col(FeedbackRow.id))).first()
    assert row is not None
    assert summaries.material(session, OWNER, study, now=LATER).not_read == ""
    change(row, change_first="Das ist eine Beleidigung.", offended_by="", read_by="", reading=None)
    session.add(row)
    session.flush()
    told = summaries.material(session, OWNER, study, now=LATER).not_read
    assert "1 answer in another language was not read" in told
    change(row, valid=False, invalid_reason="Sent twice.")
    session.add(row)
    session.flush()
    assert summaries.material(session, OWNER, study, now=LATER).not_read == ""
