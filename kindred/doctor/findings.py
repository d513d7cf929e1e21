"""What a check found."""

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "look", "ill"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ``look`` may be meant, ``ill`` must be put right before people are mailed."""

    about: str
    state: State
    sentence: str


def well(about: str, sentence: str) -> Finding:
    """All is as it should be."""
    return Finding(about, "well", sentence)


def look(about: str, sentence: str) -> Finding:
    """May be meant so; somebody should know."""
    return Finding(about, "look", sentence)


def ill(about: str, sentence: str) -> Finding:
    """Must be put right."""
    return Finding(about, "ill", sentence)
