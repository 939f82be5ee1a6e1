"""Facts about blind labels: drawn by a seed, resumable, and all that the error rests on."""

import pytest
from sqlmodel import Session

from casework.corrections import Judgement, OwnTerm, Spoken
from casework.errors import Closed, Invalid, NotAllowed, NotEnough, NotFound
from casework.outside import OutsideVoice
from casework.roles import Actor, Role
from casework.sentiment import Label
from db import (
    corrections,
    feedback_imports,
    label_samples,
    outside,
    own_terms,
    participants,
    scorer_error,
)
from db.label_samples import LabelSampleRow
from db.studies import StudyRow
from tests.betas import NOW, OWNER, a_beta, a_study

PRAISE, HARM, SILENT = "Great fun, lovely!", "Terrible crash, awful.", "The second level"


def voices(session: Session, study: StudyRow, praise: int = 30, harm: int = 20) -> None:
    texts = [PRAISE] * praise + [HARM] * harm + [SILENT] * 4
    outside.keep(
        session,
        OWNER,
        study,
        [
            OutsideVoice(ref=str(at), text=f"{text} {at}", source="x.csv", imported_at=NOW)
            for at, text in enumerate(texts)
        ],
    )


def a_sample(session: Session, study: StudyRow, seed: int = 7) -> LabelSampleRow:
    return label_samples.draw(session, OWNER, study, Spoken.VOICE, seed=seed, now=NOW)


def label_all(
    session: Session, sample: LabelSampleRow, wrong: int = 0, untold: int = 0
) -> LabelSampleRow:
    """As the scorer did, but the first `wrong` texts that it calls positive are called negative."""
    for place, item in enumerate(sample.items):
        label: Label | None = Label.neutral if item.label is Label.abstain else item.label
        if untold and item.label is Label.negative:
            label, untold = None, untold - 1
        if wrong and item.label is Label.positive:
            label, wrong = Label.negative, wrong - 1
        label_samples.give(session, OWNER, sample.id or 0, place, label, now=NOW)
    return sample


def test_a_sample_says_by_which_seed_and_scorer_and_an_unfinished_one_comes_back(
    session: Session,
) -> None:
    study = a_study(session)
    voices(session, study)
    sample = a_sample(session, study)
    assert (len(sample.items), sample.seed) == (30, 7)
    assert sample.read_by == own_terms.reader(session).read_by
    assert sample.strata == {Label.negative: 20, Label.positive: 30, Label.abstain: 4}
    label_samples.give(session, OWNER, sample.id or 0, 0, Label.neutral, now=NOW)
    assert a_sample(session, study, seed=8).id == sample.id
    labels = label_samples.given(session, sample)
    assert label_samples.next_place(sample, labels) == 1
    assert label_samples.text_at(session, OWNER, sample, 0)


def test_going_back_changes_a_label_until_the_sample_is_finished(session: Session) -> None:
    study = a_study(session)
    voices(session, study)
    sample = a_sample(session, study)
    for label in (Label.negative, None, Label.positive):
        label_samples.give(session, OWNER, sample.id or 0, 0, label, now=NOW)
    assert label_samples.given(session, sample) == {0: Label.positive}
    label_all(session, sample)
    assert sample.finished_at == NOW
    with pytest.raises(Closed, match="finished"):
        label_samples.give(session, OWNER, sample.id or 0, 0, Label.neutral, now=NOW)


def test_where_person_and_scorer_differ_the_persons_label_counts(session: Session) -> None:
    study = a_study(session)
    voices(session, study)
    sample = label_all(session, a_sample(session, study), wrong=2, untold=1)
    filed = corrections.of_study(session, OWNER, study)
    assert [(one.machine_label, one.label) for one in filed] == [
        (Label.positive, Label.negative),
        (Label.positive, Label.negative),
    ]
    assert {one.sample_id for one in filed} == {sample.id}
    assert filed[0].reason == f"Labelled blind in sample {sample.id}"


def test_the_error_is_told_from_the_sample_weighted_by_all_texts(session: Session) -> None:
    study = a_study(session)
    voices(session, study)
    with pytest.raises(NotEnough, match="Only 0 random texts"):
        scorer_error.measured(session, OWNER, study, Spoken.VOICE)
    sample = label_all(session, a_sample(session, study), wrong=3)
    positive = sum(one.label is Label.positive for one in sample.items)
    found = scorer_error.measured(session, OWNER, study, Spoken.VOICE)
    assert found.rate.value == pytest.approx(3 / positive * 30 / 54)
    assert found.rate.labelled == 30
    assert found.table.of(Label.negative, Label.positive) == 3


def test_corrections_made_here_and_there_do_not_enter_the_error(session: Session) -> None:
    study = a_study(session)
    voices(session, study)
    label_all(session, a_sample(session, study))
    wrong = Judgement(label=Label.negative, reason="Irony.")
    for text_id in range(1, 11):
        corrections.correct(session, OWNER, Spoken.VOICE, text_id, wrong, now=NOW)
    assert scorer_error.measured(session, OWNER, study, Spoken.VOICE).rate.value == 0.0


def test_the_next_sample_has_other_texts_and_the_figure_rests_on_both(session: Session) -> None:
    study = a_study(session)
    voices(session, study)
    first = label_all(session, a_sample(session, study))
    second = label_all(session, a_sample(session, study))
    drawn = [{one.text_id for one in sample.items} for sample in (first, second)]
    assert drawn[0].isdisjoint(drawn[1])
    found = scorer_error.measured(session, OWNER, study, Spoken.VOICE)
    assert found.rate.labelled == 54
    with pytest.raises(NotEnough, match="labelled already"):
        a_sample(session, study)


def test_another_version_starts_its_figure_anew_once_texts_are_read_by_it(session: Session) -> None:
    study = a_study(session)
    voices(session, study)
    label_all(session, a_sample(session, study))
    term = OwnTerm(term="yuleish", weight=1.0, because="by hand")
    own_terms.accept(session, OWNER, term, now=NOW)
    with pytest.raises(NotEnough, match="Only 0 random texts"):
        scorer_error.measured(session, OWNER, study, Spoken.VOICE)
    with pytest.raises(Closed, match="Read them anew first"):
        a_sample(session, study)


def test_what_cannot_be_is_refused(session: Session) -> None:
    study = a_study(session)
    with pytest.raises(NotEnough, match="no words yet in: testers' answers"):
        label_samples.draw(session, OWNER, study, Spoken.ANSWER, seed=1, now=NOW)
    voices(session, study)
    sample = a_sample(session, study)
    with pytest.raises(Invalid, match="cannot tell"):
        label_samples.give(session, OWNER, sample.id or 0, 0, Label.abstain, now=NOW)
    for missing in ((99, 0), (sample.id or 0, 30)):
        with pytest.raises(NotFound):
            label_samples.give(session, OWNER, *missing, Label.neutral, now=NOW)
    student = Actor(role=Role.STUDENT, name="Sam")
    with pytest.raises(NotAllowed):
        label_samples.draw(session, student, study, Spoken.VOICE, seed=1, now=NOW)


def test_who_withdrew_is_neither_drawn_nor_read_in_a_sample_drawn_before(session: Session) -> None:
    beta = a_beta(session)
    said = b"Ada: Sad. Santa was caught.\nZed: Fine, lovely.\n"
    feedback_imports.import_file(session, OWNER, beta.study, "talk.txt", said, now=NOW)
    sample = a_sample(session, beta.study)
    texts = [label_samples.text_at(session, OWNER, sample, place) for place in range(2)]
    assert sorted(texts) == ["Fine, lovely.", "Sad. Santa was caught."]
    participants.withdraw(session, beta.actor, beta.tester, now=NOW)
    texts = [label_samples.text_at(session, OWNER, sample, place) for place in range(2)]
    assert sorted(texts) == ["", "Fine, lovely."]
    for place in range(2):
        label_samples.give(session, OWNER, sample.id or 0, place, None, now=NOW)
    with pytest.raises(NotEnough, match="labelled already"):
        a_sample(session, beta.study)


def test_after_a_withdrawal_only_the_others_are_drawn(session: Session) -> None:
    beta = a_beta(session)
    said = b"Ada: Sad. Santa was caught.\nZed: Fine, lovely.\n"
    feedback_imports.import_file(session, OWNER, beta.study, "talk.txt", said, now=NOW)
    participants.withdraw(session, beta.actor, beta.tester, now=NOW)
    sample = a_sample(session, beta.study)
    assert len(sample.items) == 1
    assert label_samples.text_at(session, OWNER, sample, 0) == "Fine, lovely."
