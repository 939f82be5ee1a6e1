"""What participants were told about what they had said."""

from datetime import datetime

from sqlmodel import Session

from casework.replies import Promise, Reply
from casework.roles import Actor
from casework.world import santa_run
from casework.world.santa_run import day
from db import replies
from db.studies import StudyRow

REPLIES = (
    (
        "The Grinch catching Santa hurt you and your families.",
        Promise.DID,
        "Santa now escapes by a trick, and in the last village the Grinch gets a present. "
        "We are sorry, and we thank everybody who told us.",
    ),
    ("The game crashed in the shop and on the third level.", Promise.DID, "Both are repaired."),
    (
        "Some of you found it too hard, others too easy.",
        Promise.DID,
        "The first villages are gentler now; we set the pace by what the focus group asked for.",
    ),
    (
        "Play in turns on one phone.",
        Promise.WILL_NOT,
        "It would take two months and come after the season. We keep the idea for next year.",
    ),
)


def run(session: Session, actor: Actor, study: StudyRow, *, now: datetime) -> None:
    """Publish the replies on the day the second beta begins."""
    at = day(now, santa_run.SECOND_BETA)
    for said, promise, answer in REPLIES:
        reply = Reply(said=said, promise=promise, answer=answer, published_at=at)
        replies.publish(session, actor, study, reply, now=at)
