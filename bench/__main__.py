"""Runs the benches and prints their tables: `python -m bench [--data feedback.csv]`."""

import argparse
from importlib import import_module
from pathlib import Path

MODULES = ("sentiment", "scoring", "themes", "lottery", "loyalty", "report", "demonstration", "app")
"""Each has `main(data: Path | None) -> None`."""


def main() -> None:
    """Run every bench in turn."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("--data", type=Path, help="labelled texts: columns text, label, source")
    data = arguments.parse_args().data
    for name in MODULES:
        print(f"\n{name}")
        import_module(f"bench.{name}").main(data)


if __name__ == "__main__":
    main()
