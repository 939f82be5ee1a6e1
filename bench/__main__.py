"""Runs the benches and prints their tables: `python -m bench [--data feedback.csv]`."""

import argparse
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

MODULES = ("bench.sentiment", "bench.themes", "bench.lottery", "bench.loyalty", "bench.app")
"""Each has `main(data: Path | None) -> None`; one that is not there is passed over."""


def main() -> None:
    """Run every bench in turn."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("--data", type=Path, help="labelled texts: columns text, label, source")
    data = arguments.parse_args().data
    for name in MODULES:
        if find_spec(name):
            print(f"\n{name}")
            import_module(name).main(data)


if __name__ == "__main__":
    main()
