"""Lines of a person's list: what they owe, and what they may do without being asked."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One thing on the list. `facts`: what it is about, for which school, in which programme; `steps`: what follows."""

    title: str
    href: str
    due: dt.date
    facts: tuple[str, ...]
    late: bool = False
    ended: str = ""
    done: bool = False
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chance:
    """Something that nobody asked for and the person may do. `verb`: what happens there."""

    title: str
    href: str
    facts: tuple[str, ...]
    verb: str = ""
    decides: bool = False
