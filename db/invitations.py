"""Personal links: only the hash of a token is kept, and a new one revokes the old."""

from sqlmodel import Field

from casework.record import Moment, Record
from db.table import Table


class Invitation(Record):
    """A personal link as issued; `token_hash` is SHA-256 in hex."""

    token_hash: str
    issued_at: Moment
    expires_at: Moment
    revoked_at: Moment | None = None
    sent_at: Moment | None = None


class InvitationRow(Invitation, Table, table=True):
    """A participant's personal link."""

    __tablename__ = "invitation"
    token_hash: str = Field(unique=True, index=True)
    participant_id: int = Field(foreign_key="participant.id", index=True)
