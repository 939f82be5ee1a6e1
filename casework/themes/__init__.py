"""What customers talk about: themes, their texts, and what they amount to.

Groups among the rest are found in `casework.themes.suggesting`, which is slow to import.
"""

from casework.themes.assigning import Assignment, assign
from casework.themes.editing import add_terms, adopt, drop_terms, merge, rename, restored, split
from casework.themes.figures import Heard, Share, ThemeFigures, Tone, changed_counts, figures, tone
from casework.themes.first import first_themes
from casework.themes.theme import Theme, ThemeSet

__all__ = [
    "Assignment",
    "Heard",
    "Share",
    "Theme",
    "ThemeFigures",
    "ThemeSet",
    "Tone",
    "add_terms",
    "adopt",
    "assign",
    "changed_counts",
    "drop_terms",
    "figures",
    "first_themes",
    "merge",
    "rename",
    "restored",
    "split",
    "tone",
]
