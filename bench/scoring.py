"""What the command `score` reaches of the engine's own rate, and how much memory it takes.

`python -m bench.scoring --rows 1000000` writes that many invented rows and scores them once.
"""

import argparse
import csv
import io
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

from bench.sentiment import EXAMPLES
from casework.scored import Wanted
from casework.sentiment import read
from casework.streaming import open_stream
from commands.scoring.batches import hearing
from commands.scoring.output import added_names, writer
from commands.scoring.values import Format
from scripts import fit_lexicon

WAYS = {
    "CSV": Wanted(),
    "CSV without aspects": Wanted(aspects=False),
    "CSV with --explain": Wanted(explain=True),
}
ROWS = 4_000
GOAL_SHARE = 0.5
GOAL_MB = 400


def main(data: Path | None) -> None:
    """Print the rate of the engine alone and of the whole way from CSV to a result."""
    texts = _texts(data)
    table = _table(texts)
    print(f"{len(texts):,} rows of {len(table) / len(texts):.0f} bytes, one process")
    print(f"{'':36}{'rows a second':>16}{'of the engine':>16}")
    base = _seconds(lambda: [read(text) for text in texts])
    _print_row("engine: read", len(texts), base, base)
    for name, wanted in WAYS.items():
        for written in Format:
            taken = _seconds(partial(_score, table, wanted, written))
            _print_row(f"{name}, to {written.value}", len(texts), taken, base)
    print(f"goal: {GOAL_SHARE:.0%} of the engine")


def _print_row(name: str, rows: int, taken: float, alone: float) -> None:
    print(f"{name:36}{rows / taken:16,.0f}{alone / taken:16.0%}", flush=True)


def _texts(data: Path | None) -> list[str]:
    if data is None:
        return [f"{text} ({number})" for number in range(ROWS // 4) for text in EXAMPLES]
    lines = fit_lexicon.lines(data)
    return [line["text"] for line in lines[:: max(1, len(lines) // ROWS)]][:ROWS]


def _table(texts: list[str]) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["id", "stars", "country", "review"])
    rows.writerows([number, number % 5 + 1, "DE", text] for number, text in enumerate(texts))
    return out.getvalue().encode()


def _score(table: bytes, wanted: Wanted, written: Format) -> int:
    """All that the command does, from bytes to characters."""
    out = io.StringIO(newline="")
    source: io.BufferedReader = io.BufferedReader(io.BytesIO(table), 2**18)
    with (
        open_stream(source) as stream,
        hearing(stream.rows, "review", wanted, jobs=1) as batches,
    ):
        write = writer(out, written, stream.columns, added_names(stream.columns, wanted))
        for batch in batches:
            write(batch)
    return out.tell()


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of the better of two passes."""
    passes = []
    for _ in range(2):
        began = process_time()
        work()
        passes.append(process_time() - began)
    return min(passes)


def large(rows: int, jobs: int) -> None:
    """Score a file of so many rows in a process of its own and print its peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "reviews.csv", Path(folder) / "scored.csv"
        with table.open("w", encoding="utf-8", newline="") as target:
            lines = csv.writer(target)
            lines.writerow(["id", "stars", "country", "review"])
            for number in range(rows):
                lines.writerow([number, 5, "DE", f"{EXAMPLES[number % 4]} {number * 7919 % rows}"])
        size = table.stat().st_size / 2**20
        subprocess.run(  # noqa: S603 - our own program
            [
                sys.executable,
                "cli.py",
                "score",
                table,
                "--text",
                "review",
                "--out",
                out,
                "--jobs",
                f"{jobs}",
            ],
            check=True,
        )
        with out.open(encoding="utf-8-sig", newline="") as scored:
            written = sum(1 for _ in csv.reader(scored)) - 1
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss / 2**10
    print(f"{written:,} rows, {size:,.0f} MB: peak {peak:,.0f} MB a process (goal {GOAL_MB})")
    print(f"processor time {used.ru_utime + used.ru_stime:,.0f} s in {jobs} processes")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m bench.scoring")
    asked.add_argument("--rows", type=int, default=0, help="score a file of so many rows")
    asked.add_argument("--jobs", type=int, default=2)
    given = asked.parse_args()
    large(given.rows, given.jobs) if given.rows else main(None)
