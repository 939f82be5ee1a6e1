"""Scoring: a table with its texts read, without any database."""

from commands.scoring.command import score

__all__ = ["score"]
