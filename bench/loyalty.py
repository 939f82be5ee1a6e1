"""How well the loyalty score tells who buys again, on CDNOW: `python -m bench.loyalty`.

23,570 customers, every purchase from January 1997 to June 1998. The data come inside the package
`lifetimes`, which only this bench uses.
"""

import time
from pathlib import Path

import numpy as np
import pandas as pd
from lifetimes.datasets import load_dataset

from casework.loyalty import LoyaltyPolicy
from casework.loyalty_backtest import backtest, halfway

GOAL_AUC, GOAL_LIFT = 0.765, 2.6
MANY = 1_000_000


def purchases() -> pd.DataFrame:
    """Customer, day and dollars of every purchase."""
    names = ["customer", "date", "cds", "dollars"]
    table = load_dataset("CDNOW_master.txt", header=0, sep=r"\s+", names=names)
    table["date"] = pd.to_datetime(table["date"].astype(str), format="%Y%m%d")
    return pd.DataFrame(table)


def main(_data: Path | None = None) -> None:
    """Print AUC and lift on CDNOW, and how long a million purchases take."""
    table = purchases()
    who, ids = pd.factorize(table["customer"])
    at = table["date"].to_numpy().astype("datetime64[s]")
    cents = (100 * table["dollars"]).round().to_numpy().astype(np.int64)
    policy = LoyaltyPolicy(as_of=halfway(0, 2e9))
    found = backtest(policy, who.astype(np.int64), at, cents, customers=len(ids))
    print(f"Loyalty on CDNOW: {found.customers:,} customers, {len(table):,} purchases")
    print(
        f"  AUC {found.auc:.3f} (goal {GOAL_AUC}), top-decile lift {found.lift:.2f} ({GOAL_LIFT})"
    )
    print(f"  {found.sentence}")
    rng = np.random.default_rng(7)
    place = rng.integers(0, len(table), MANY)
    many = rng.integers(0, MANY // 5, MANY)
    began = time.perf_counter()
    backtest(policy, many, at[place], cents[place], customers=MANY // 5)
    print(f"  {MANY:,} purchases checked in {time.perf_counter() - began:.2f} s (at most 5 s)")


if __name__ == "__main__":
    main()
