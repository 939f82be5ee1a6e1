"""Every table of the product, imported once so that `metadata` is complete."""

from db import (
    accounts,
    activities,
    audit,
    builds,
    criteria,
    customers,
    exercises,
    feedback,
    invitations,
    meetings,
    options,
    outside,
    participants,
    replies,
    reviews,
    sessions,
    studies,
)
from db.table import metadata

__all__ = [
    "accounts",
    "activities",
    "audit",
    "builds",
    "criteria",
    "customers",
    "exercises",
    "feedback",
    "invitations",
    "meetings",
    "metadata",
    "options",
    "outside",
    "participants",
    "replies",
    "reviews",
    "sessions",
    "studies",
]
