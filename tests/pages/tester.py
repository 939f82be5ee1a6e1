"""What a tester does on their page, and what they read there."""

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup, TextArea

from casework.builds import Build, Platform
from casework.feedback import Answer
from db import builds, feedback, participants
from db.clock import now
from db.engine import reading, transaction
from db.feedback import FeedbackRow
from tests.betas import OWNER, STORE, Beta

SEND = "Send my answer"
NO, YES = False, True
MARKUP = "<b>Stop</b> *the* [Grinch](https://example.com) $x$ =1+1"


def told(shown: AppTest) -> str:
    """Everything the screen says, in its own markup."""
    kinds = (shown.title, shown.subheader, shown.markdown, shown.caption, shown.info)
    more = (shown.success, shown.warning, shown.error)
    return "\n".join(str(one.value) for kind in (*kinds, *more) for one in kind)


def press(shown: AppTest, label: str) -> AppTest:
    (button,) = (one for one in shown.button if one.label == label)
    return button.click().run()


def labels(shown: AppTest) -> list[str]:
    return [button.label for button in shown.button]


def choice(shown: AppTest, label: str) -> ButtonGroup[object]:
    (found,) = (one for one in shown.segmented_control if one.label.startswith(label))
    return found


def words(shown: AppTest, label: str) -> TextArea:
    (found,) = (one for one in shown.text_area if one.label.startswith(label))
    return found


def sent_by(beta: Beta) -> list[FeedbackRow]:
    with reading() as session:
        return feedback.of_participant(session, beta.tester.id or 0)


def answer(beta: Beta, given: Answer) -> None:
    with transaction() as session:
        feedback.receive(session, beta.actor, beta.tester.id or 0, given, now=now())


def fill(shown: AppTest) -> AppTest:
    choice(shown, "How satisfied").select(2).run()
    words(shown, "What should we change").input(MARKUP).run()
    choice(shown, "Did it crash").select(NO).run()
    choice(shown, "Did anything upset").select(YES).run()
    words(shown, "What was it").input("It ruined Christmas.").run()
    choice(shown, "How likely").select(0).run()
    return shown


def release_next(beta: Beta) -> None:
    with transaction() as session:
        later = builds.add_build(
            session, OWNER, beta.study, Build(version="0.9.1", added_at=now()), now=now()
        )
        builds.attach_link(session, OWNER, later, Platform.ANDROID, STORE, now=now())
        activity = participants.activity_of(session, participants.get(session, beta.tester.id or 0))
        builds.release(session, OWNER, activity, later, now=now())
