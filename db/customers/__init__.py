"""Customers and their history: kept, imported, ranked and looked through."""

from db.customers.backtest import backtest
from db.customers.files import ImportReport, import_file, read_file
from db.customers.imports import Imported, import_customers, import_interactions
from db.customers.roster import (
    GroupCount,
    RosterEntry,
    RosterOrder,
    RosterPage,
    RosterSearch,
    RosterTotals,
    count,
    get,
    groups,
    roster,
    totals,
    values_of,
)
from db.customers.rows import CustomerRow, InteractionRow
from db.customers.standings import Standings, loyalties

__all__ = [
    "CustomerRow",
    "GroupCount",
    "ImportReport",
    "Imported",
    "InteractionRow",
    "RosterEntry",
    "RosterOrder",
    "RosterPage",
    "RosterSearch",
    "RosterTotals",
    "Standings",
    "backtest",
    "count",
    "get",
    "groups",
    "import_customers",
    "import_file",
    "import_interactions",
    "loyalties",
    "read_file",
    "roster",
    "totals",
    "values_of",
]
