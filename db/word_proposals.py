"""Words of an installation's own, proposed from what people said, and tried before they count."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlmodel import Session, col, select

from casework.corrections import Effect, Judged, OwnTerm, Proposal, Spoken, effect, propose
from casework.corrections.own_terms import with_term
from casework.roles import Act, Actor, require
from casework.sentiment import Label
from casework.sentiment.tokens import fold
from db import own_terms
from db.heard_texts import KINDS, heard, is_heard
from db.label_samples import GivenLabelRow, LabelSampleRow

TRIED = 2_000
"""Texts of each kind, the newest, on which a word is tried: about a second."""

Known = dict[tuple[Spoken, int], Label]


class _Text(NamedTuple):
    spoken: Spoken
    text_id: int
    text: str
    human: Label | None


def proposals(session: Session, actor: Actor) -> tuple[Proposal, ...]:
    """What the labels of people over all studies speak for. Raises: NotAllowed."""
    require(actor, Act.KEEP_OWN_TERMS)
    known = _labelled_blind(session)
    labelled = [
        (one.text, label)
        for one in _texts(session, list(known))
        if (label := one.human or known.get((one.spoken, one.text_id))) is not None
    ]
    table = own_terms.reader(session).table
    return propose(labelled, table, refused=own_terms.refused(session))


def preview(session: Session, actor: Actor, term: OwnTerm) -> Effect:
    """What accepting the term would change among the newest texts. Raises: NotAllowed."""
    require(actor, Act.KEEP_OWN_TERMS)
    known = _labelled_blind(session)
    before = own_terms.reader(session)
    after = own_terms.reader_with(with_term(own_terms.in_force(session), term), 0)
    texts = list(_texts(session, [], at_most=TRIED))
    first = term.term.split(" ")[0]
    touched = [
        Judged(text=one.text, human=one.human or known.get((one.spoken, one.text_id)))
        for one in texts
        if first in fold(one.text)
    ]
    found = effect(touched, before.table, after.table)
    return found.model_copy(update={"texts": len(texts)})


def _labelled_blind(session: Session) -> Known:
    """The labels of finished samples; a later one counts."""
    query = (
        select(LabelSampleRow, GivenLabelRow.place, GivenLabelRow.label)
        .join(GivenLabelRow, col(GivenLabelRow.sample_id) == LabelSampleRow.id)
        .where(col(LabelSampleRow.finished_at).is_not(None))
        .order_by(col(GivenLabelRow.id))
    )
    found: dict[tuple[Spoken, int], str | None] = {}
    for sample, place, label in session.exec(query):
        found[sample.spoken, sample.items[place].text_id] = label
    return {key: Label(label) for key, label in found.items() if label is not None}


def _texts(
    session: Session, also: list[tuple[Spoken, int]], *, at_most: int | None = None
) -> Iterator[_Text]:
    """The newest texts that were read; without a limit only those people said something of.

    Words of people who withdrew are left out.
    """
    for spoken, kind in KINDS.items():
        ids = [text_id for one, text_id in also if one is spoken]
        shown = select(kind).where(col(kind.read_by) != "", is_heard(kind))
        query = shown.order_by(col(kind.id).desc())
        if at_most is None:
            query = query.where(col(kind.human_label).is_not(None) | col(kind.id).in_(ids))
        for found in session.exec(query.limit(at_most)):
            row = heard(found)
            if row is not None:
                yield _Text(spoken, row.id or 0, row.text, row.human_label)
