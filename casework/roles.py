"""Who may do what: the one matrix of roles and acts that every act asks."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from casework.errors import NotAllowed
from casework.record import Record


class Role(StrEnum):
    """In which capacity somebody is here."""

    OWNER = "owner"
    CUSTOMER = "customer"
    STUDENT = "student"
    INSTRUCTOR = "instructor"


class Act(StrEnum):
    """Everything that can be done, in the words of the business."""

    IMPORT_CUSTOMERS = "import_customers"
    IMPORT_FEEDBACK = "import_feedback"
    SEE_CUSTOMERS = "see_customers"
    PLAN_STUDY = "plan_study"
    REGISTER_CRITERIA = "register_criteria"
    RECRUIT = "recruit"
    INVITE = "invite"
    HOST_MEETING = "host_meeting"
    RELEASE_BUILD = "release_build"
    READ_FEEDBACK = "read_feedback"
    MARK_FEEDBACK = "mark_feedback"
    CORRECT_READING = "correct_reading"
    KEEP_OWN_TERMS = "keep_own_terms"
    READ_ANEW = "read_anew"
    READ_VERDICT = "read_verdict"
    REVIEW_GATE = "review_gate"
    DECIDE = "decide"
    SIGN_OFF = "sign_off"
    RECORD_OUTCOME = "record_outcome"
    TELL_BACK = "tell_back"
    EXPORT = "export"
    ANSWER = "answer"
    DOWNLOAD_BUILD = "download_build"
    WITHDRAW = "withdraw"
    JOIN_PANEL = "join_panel"
    WORK_CASE = "work_case"
    INSPECT_STUDY = "inspect_study"
    MANAGE_ACCOUNTS = "manage_accounts"
    TEND_OUTBOX = "tend_outbox"
    SET_WEBHOOKS = "set_webhooks"


class Actor(Record):
    """Somebody who acts: staff carry an account, an invited customer a participant."""

    role: Role
    name: str
    account_id: int | None = None
    participant_id: int | None = None


MATRIX: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.OWNER: frozenset(
            {
                Act.IMPORT_CUSTOMERS,
                Act.IMPORT_FEEDBACK,
                Act.SEE_CUSTOMERS,
                Act.PLAN_STUDY,
                Act.REGISTER_CRITERIA,
                Act.RECRUIT,
                Act.INVITE,
                Act.HOST_MEETING,
                Act.RELEASE_BUILD,
                Act.READ_FEEDBACK,
                Act.MARK_FEEDBACK,
                Act.CORRECT_READING,
                Act.KEEP_OWN_TERMS,
                Act.READ_ANEW,
                Act.READ_VERDICT,
                Act.REVIEW_GATE,
                Act.DECIDE,
                Act.SIGN_OFF,
                Act.RECORD_OUTCOME,
                Act.TELL_BACK,
                Act.EXPORT,
                Act.INSPECT_STUDY,
                Act.MANAGE_ACCOUNTS,
                Act.TEND_OUTBOX,
                Act.SET_WEBHOOKS,
            }
        ),
        Role.CUSTOMER: frozenset({Act.ANSWER, Act.DOWNLOAD_BUILD, Act.WITHDRAW, Act.JOIN_PANEL}),
        Role.STUDENT: frozenset({Act.WORK_CASE, Act.INSPECT_STUDY}),
        Role.INSTRUCTOR: frozenset({Act.WORK_CASE, Act.INSPECT_STUDY}),
    }
)


def may(actor: Actor, act: Act) -> bool:
    """Whether this person's role includes the act."""
    return act in MATRIX[actor.role]


def require(actor: Actor, act: Act) -> None:
    """Stop here unless this person's role includes the act.

    Raises:
        NotAllowed: naming the act and the roles that include it.
    """
    if may(actor, act):
        return
    entitled = " or ".join(role.value for role in Role if act in MATRIX[role])
    doing = act.value.replace("_", " ")
    raise NotAllowed(
        f"“{doing}” takes the role {entitled}; you are here as {actor.role.value}. "
        "Sign in with the role it takes."
    )


CASE_STUDY = "santa-run"
"""The study that students may look into; every other study is its owner's."""


def require_reading(actor: Actor, act: Act, study: str) -> None:
    """Stop here unless this person may read the study: owners any, students only the case's.

    Raises:
        NotAllowed: naming the act and the roles that include it.
    """
    if not (may(actor, Act.INSPECT_STUDY) and study == CASE_STUDY):
        require(actor, act)
