"""How often the present scorer errs on a study's texts, from the random samples labelled blind."""

from typing import NamedTuple

from sqlmodel import Session

from casework.corrections import Confusion, ErrorRate, Labelled, Spoken, confusion, error_rate
from casework.roles import Act, Actor, require_reading
from db import own_terms
from db.label_samples import LabelSampleRow, finished, given
from db.studies import StudyRow


class Measured(NamedTuple):
    """The scorer's error from all finished samples of its present version, and how it errs."""

    rate: ErrorRate
    table: Confusion
    read_by: str


def measured(session: Session, actor: Actor, study: StudyRow, spoken: Spoken) -> Measured:
    """The error of the present scorer on a study's texts.

    Only random samples that this very version had read enter: corrections made here and there were
    selected, and labels from which own terms were learnt would flatter.

    Raises:
        NotEnough: too few labels.
    """
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    samples = _of_present(session, study, spoken)
    found = [one for sample in samples for one in compared(session, sample)]
    strata = samples[-1].strata if samples else {}
    present = own_terms.reader(session).read_by
    return Measured(error_rate(found, strata), confusion(found), present)


def labelled(session: Session, study: StudyRow, spoken: Spoken) -> int:
    """How many random texts are labelled for the present scorer."""
    return sum(len(compared(session, one)) for one in _of_present(session, study, spoken))


def _of_present(session: Session, study: StudyRow, spoken: Spoken) -> list[LabelSampleRow]:
    present = own_terms.reader(session).read_by
    return [one for one in finished(session, study, spoken) if one.read_by == present]


def compared(session: Session, sample: LabelSampleRow) -> list[Labelled]:
    """The scorer's label beside the person's, without what nobody could tell."""
    labels = given(session, sample)
    return [
        Labelled(machine=item.label, human=label)
        for place, item in enumerate(sample.items)
        if (label := labels.get(place)) is not None
    ]
