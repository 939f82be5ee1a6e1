"""A person's word stands above the scorer's; what was measured and what was said are both kept."""

import pytest
from pydantic import ValidationError

from casework.corrections import (
    HUMAN_VALUE,
    Correction,
    Judgement,
    offence_in_force,
    polarity_in_force,
)
from casework.sentiment import Label, read
from tests.betas import NOW

GRINCH = read("It is offensive to us to see the Grinch catching Santa as it ruined our Christmas.")
SILENT = read("The game")


def test_without_a_person_the_scorers_value_counts_and_no_evidence_is_no_value() -> None:
    assert polarity_in_force(GRINCH, None) == GRINCH.polarity < -0.3
    assert polarity_in_force(SILENT, None) is None
    assert polarity_in_force(None, None) is None


def test_a_persons_label_stands_for_a_fixed_value_also_where_the_scorer_abstained() -> None:
    assert polarity_in_force(GRINCH, Label.positive) == 0.6
    assert polarity_in_force(SILENT, Label.negative) == -0.6
    assert polarity_in_force(GRINCH, Label.neutral) == 0.0
    assert set(HUMAN_VALUE) == {Label.negative, Label.neutral, Label.positive}


def test_people_overrule_the_scorers_guess_of_offence_but_never_what_a_tester_ticked() -> None:
    assert GRINCH.offence
    assert offence_in_force(GRINCH, human=None)
    assert not offence_in_force(GRINCH, human=False)
    assert offence_in_force(GRINCH, human=False, told=True)
    assert offence_in_force(SILENT, human=True)
    assert not offence_in_force(None, human=None)


def test_a_judgement_needs_a_reason_and_never_abstains() -> None:
    with pytest.raises(ValidationError):
        Judgement(label=Label.positive, reason="  ")
    with pytest.raises(ValidationError, match="negative, neutral or positive"):
        Judgement(label=Label.abstain, reason="No idea")


def test_a_correction_keeps_textblobs_the_scorers_and_the_persons_value() -> None:
    kept = Correction(
        label=Label.negative,
        reason="It is irony.",
        spoken="answer",
        text_id=3,
        machine_label=GRINCH.label,
        machine_polarity=GRINCH.polarity,
        machine_offence=GRINCH.offence,
        raw_polarity=GRINCH.textblob_polarity,
        read_by="1.2",
        made_by="Nora",
        made_at=NOW,
    )
    assert kept.raw_polarity == pytest.approx(0.6)
    assert kept.human_polarity == -0.6
    assert kept.machine_polarity == GRINCH.polarity
    assert kept.model_copy(update={"label": None}).human_polarity is None
