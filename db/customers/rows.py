"""Customers and their history of purchases and sessions."""

from sqlmodel import Field

from casework.customers import Customer, Interaction
from db.table import Table


class CustomerRow(Customer, Table, table=True):
    """A customer; `ref` is the studio's own identifier."""

    __tablename__ = "customer"
    ref: str = Field(unique=True, index=True)


class InteractionRow(Interaction, Table, table=True):
    """A dated purchase or session; `ref` makes a re-import add nothing twice."""

    __tablename__ = "interaction"
    ref: str = Field(unique=True, index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
