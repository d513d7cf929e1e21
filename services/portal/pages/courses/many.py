"""Who came, of very many: all of them, except those who are named. A form of 200 questions nobody fills in.

Names are written one a line, as the list has them; where two are called alike, with their school after a comma.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.commands.sessions import SessionLine, Was
from shared.errors import Rejected

__all__ = ["MANY", "NAMED", "Guest", "lines_of", "named_before"]

MANY = 30
"""From so many people on, those are named who were not there."""
NAMED: dict[Was, str] = {"absent": "Who was not there?", "part": "Who was there for a part?"}
"""How somebody was there -> the question that they are named under; everybody else was there for all of it."""
SHOWN = 5


@dataclass(frozen=True)
class Guest:
    """Somebody who was invited."""

    person_id: str
    name: str
    school: str = ""

    @property
    def whole(self) -> str:
        """The name with the school."""
        return f"{self.name}, {self.school}" if self.school else self.name


def lines_of(guests: Sequence[Guest], written: Mapping[str, str]) -> tuple[SessionLine, ...]:
    """A line for everybody. `written`: names by how they were there. Raises Rejected with what to write instead."""
    was: dict[str, Was] = {}
    unknown, several = list[str](), list[str]()
    for how in NAMED:
        for line in _lines(written.get(how, "")):
            found = _meant(guests, line)
            if len(found) != 1:
                (several if found else unknown).append(line)
                continue
            if was.setdefault(found[0].person_id, how) != how:
                sentence = f"{found[0].name} stands in both lists. Leave them in one of them."
                raise Rejected("named-twice", sentence)
    if unknown:
        sentence = f"Nobody who was invited is called {_quoted(unknown)}. Copy the name from the list."
        raise Rejected("not-invited", sentence)
    if several:
        sentence = f"Several people are called {_quoted(several)}. Write name and school, with a comma between."
        raise Rejected("several-fit", sentence)
    return tuple(SessionLine(person_id=one.person_id, was=was.get(one.person_id, "present")) for one in guests)


def named_before(guests: Iterable[Guest], was: Mapping[str, str]) -> dict[str, str]:
    """What stands in the form of who was entered before: names by how they were there."""
    every = list(guests)
    return {how: "\n".join(one.whole for one in every if was.get(one.person_id) == how) for how in NAMED}


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _meant(guests: Sequence[Guest], written: str) -> list[Guest]:
    """Whom a line names: who is called exactly so, else who has it in name and school."""
    part = written.casefold()
    exact = [one for one in guests if part in {one.name.casefold(), one.whole.casefold()}]
    return exact or [one for one in guests if part in one.whole.casefold()]


def _quoted(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(f"\u201c{name[:60]}\u201d" for name in names[:SHOWN]) + more
