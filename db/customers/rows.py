"""Customers and their history of purchases and sessions."""

from sqlmodel import Field

from casework.customers import Customer, Interaction
from casework.record import Moment
from db.table import Table


class CustomerRow(Customer, Table, table=True):
    """A customer; `ref` is the studio's own identifier.

    `opted_out_at` is their own word, which no import takes back, as it may `may_contact`.
    `bounced_email` is the address that letters came back from; another address is tried again.
    """

    __tablename__ = "customer"
    ref: str = Field(unique=True, index=True)
    opted_out_at: Moment | None = None
    bounced_email: str | None = None
    bounced_at: Moment | None = None

    @property
    def left_alone(self) -> bool:
        """Whether no letter may go to them, by their own word or by the studio's files."""
        return not self.may_contact or self.opted_out_at is not None

    @property
    def bounced(self) -> bool:
        """Whether letters to the address they have now came back."""
        return self.bounced_email is not None and self.bounced_email == self.email

    @property
    def reachable(self) -> bool:
        """Has an address that takes letters, and has not asked to be left alone."""
        return self.email is not None and not self.left_alone and not self.bounced


class InteractionRow(Interaction, Table, table=True):
    """A dated purchase or session; `ref` makes a re-import add nothing twice."""

    __tablename__ = "interaction"
    ref: str = Field(unique=True, index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
