"""Facts about voices from outside: kept once, read, shown apart, never counted."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework.errors import NotAllowed
from casework.outside import OutsideVoice
from casework.roles import Actor, Role
from db import outside, verdicts
from tests.betas import NOW, OWNER, a_beta, a_study

HURT = "Seeing the Grinch catch Santa ruined our Christmas. It is offensive."


def voice(
    ref: str, text: str = "Great fun!", stars: int | None = 5, **more: object
) -> OutsideVoice:
    return OutsideVoice.model_validate(
        {
            "ref": ref,
            "text": text,
            "stars": stars,
            "source": "store.csv",
            "imported_at": NOW,
            **more,
        }
    )


def test_a_voice_is_kept_with_its_reading(session: Session) -> None:
    study = a_study(session)
    outside.keep(
        session, OWNER, study, [voice("1", HURT, 1), voice("2", ""), voice("3", "the game")]
    )
    hurt, silent, toneless = reversed(outside.find(session, OWNER, study).voices)
    assert hurt.reading is not None
    assert hurt.polarity == hurt.reading.polarity < -0.3
    assert hurt.offence
    assert (silent.reading, silent.polarity, silent.offence) == (None, None, False)
    assert toneless.reading is not None
    assert toneless.polarity is None


def test_a_second_import_adds_nothing_and_a_changed_voice_is_read_anew(session: Session) -> None:
    study = a_study(session)
    first = outside.keep(session, OWNER, study, [voice("1"), voice("2")])
    again = outside.keep(session, OWNER, study, [voice("1"), voice("2", HURT, 1), voice("3")])
    assert (first.added, first.updated, first.unchanged) == (2, 0, 0)
    assert (again.added, again.updated, again.unchanged) == (1, 1, 1)
    changed = outside.by_ref(session, study, ["2"])["2"]
    assert (changed.text, changed.stars, changed.offence) == (HURT, 1, True)
    assert changed.polarity is not None
    assert changed.polarity < -0.3


def test_the_same_id_in_two_studies_is_two_voices(session: Session) -> None:
    here, there = a_study(session), a_study(session, "sleigh-ride")
    outside.keep(session, OWNER, here, [voice("1")])
    assert outside.keep(session, OWNER, there, [voice("1", "Dull.")]).added == 1
    assert [row.text for row in outside.find(session, OWNER, here).voices] == ["Great fun!"]
    assert [row.text for row in outside.find(session, OWNER, there).voices] == ["Dull."]


def test_the_newest_voices_come_first_and_pages_never_run_past_the_end(session: Session) -> None:
    study = a_study(session)
    written = {str(day): NOW - timedelta(days=day) for day in range(1, 26)}
    outside.keep(session, OWNER, study, [voice(ref, written_at=at) for ref, at in written.items()])
    first = outside.find(session, OWNER, study)
    last = outside.find(session, OWNER, study, page=99)
    assert [row.ref for row in first.voices] == [str(day) for day in range(1, 21)]
    assert [row.ref for row in last.voices] == ["21", "22", "23", "24", "25"]
    assert (first.found, last.page, last.pages) == (25, 2, 2)


def test_figures_leave_out_what_is_missing(session: Session) -> None:
    study = a_study(session)
    nobody = outside.figures(session, OWNER, study)
    assert nobody == outside.VoiceFigures(0, None, 0, None, 0)
    kept = [voice("1", HURT, 1), voice("2", "", 4), voice("3", "the game", None)]
    outside.keep(session, OWNER, study, kept)
    told = outside.figures(session, OWNER, study)
    assert (told.voices, told.stars, told.with_tone, told.offended) == (3, 2.5, 1, 1)
    assert told.polarity == outside.by_ref(session, study, ["1"])["1"].polarity


def test_no_number_of_outside_voices_moves_a_verdict(session: Session) -> None:
    beta = a_beta(session)
    before = verdicts.verdict(session, OWNER, beta.study, now=NOW)
    outside.keep(session, OWNER, beta.study, [voice(str(n), HURT, 1) for n in range(50)])
    after = verdicts.verdict(session, OWNER, beta.study, now=NOW)
    assert after == before
    assert after.answers == 0


def test_only_owners_keep_voices_and_testers_read_none(session: Session) -> None:
    study = a_study(session)
    for role in (Role.CUSTOMER, Role.STUDENT, Role.INSTRUCTOR):
        with pytest.raises(NotAllowed):
            outside.keep(session, Actor(role=role, name="Ann"), study, [voice("1")])
    with pytest.raises(NotAllowed):
        outside.find(session, Actor(role=Role.CUSTOMER, name="Ann"), study)
