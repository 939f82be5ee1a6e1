"""What the tests of the recruiting page begin with: customers, an activity, hands and eyes."""

from collections.abc import Iterable
from datetime import timedelta

from streamlit.testing.v1 import AppTest

from casework.customers import Interaction, InteractionKind
from casework.funnel import ActivityKind
from db import activities, draws, recruiting
from db.activities import ActivityRow
from db.clock import now
from db.customers import CustomerRow, InteractionRow
from db.draws import DrawRow
from db.engine import reading, transaction
from db.recruiting import Seated
from db.studies import StudyRow
from tests.betas import OWNER
from tests.recruits import drafted_activity, some_customers

PAGE = "owner/recruit.py"


def loyal_customers(count: int = 40) -> list[CustomerRow]:
    """Customers of whom the first twelve bought most and latest: the loyal 30 % of forty."""
    with transaction() as session:
        rows = some_customers(session, count)
        for place, row in enumerate(rows):
            bought = Interaction(
                ref=f"P{place}",
                customer_ref=row.ref,
                kind=InteractionKind.PURCHASE,
                at=now() - timedelta(days=60 + place),
                spend_cents=10_000 - place,
            )
            session.add(InteractionRow.model_validate(bought, update={"customer_id": row.id}))
        return rows


def planned(
    study: StudyRow, kind: ActivityKind = ActivityKind.FOCUS_GROUP, days: int = 7
) -> ActivityRow:
    with transaction() as session:
        draft = drafted_activity(kind, now() - timedelta(days=1), now() + timedelta(days=days))
        return activities.open_activity(session, OWNER, study, draft, now=now())


def seated(activity: ActivityRow) -> list[Seated]:
    with reading() as session:
        return recruiting.roster_of(session, activity)


def press(page: AppTest, label: str) -> None:
    next(one for one in page.button if one.label.startswith(label)).click().run()


def said(messages: Iterable[object]) -> str:
    return "\n".join(str(getattr(one, "value", one)) for one in messages)


def type_into(page: AppTest, label: str, text: str) -> None:
    next(one for one in page.text_input if one.label == label).input(text).run()


def drawn_for(activity: ActivityRow) -> list[DrawRow]:
    with reading() as session:
        return draws.of_activity(session, activity)


def tick(page: AppTest, key: str, *rows: int) -> None:
    page.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    page.run()
