"""Sheets: how many gave which answer about one thing, and nothing that says whose an answer was.

A sheet holds sums. There is no row an answer, no time and no order, so that nothing in the database, or in a copy of
it, can be laid beside the list of who has answered. Texts and keys stand in the order of the alphabet.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from pydantic import Field

from services.reporting.domain.facts import Record
from services.reporting.domain.ids import derived
from shared.template import Form
from shared.template.answers import Answer, Answers

ALL = ""
"""The one group of a form that counts everybody together."""


class Counted(Record):
    """A question: how many answered it, key of an answer -> how many gave it, and what was written."""

    answered: int = 0
    chosen: dict[str, int] = Field({})
    texts: tuple[str, ...] = ()

    def plus(self, other: "Counted") -> "Counted":
        """Both together."""
        return Counted(
            answered=self.answered + other.answered,
            chosen=dict(sorted((Counter(self.chosen) + Counter(other.chosen)).items())),
            texts=tuple(sorted((*self.texts, *other.texts))),
        )


class Tally(Record):
    """So many people, and what they said by question; a level's question is `field:thing`."""

    people: int = 0
    questions: dict[str, Counted] = Field({})

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        keys = sorted({*self.questions, *other.questions})
        none = Counted()
        questions = {key: self.questions.get(key, none).plus(other.questions.get(key, none)) for key in keys}
        return Tally(people=self.people + other.people, questions=questions)


class Cell(Record):
    """What may be shown of some groups together, as it stood when they were last shown."""

    groups: tuple[str, ...]
    tally: Tally


class Moved(Record):
    """So many people answered two rounds under one word: question -> how many went up, stayed, went down."""

    pairs: int
    ways: dict[str, dict[str, int]] = Field({})


class Sheet(Record):
    """Answers to one wording under one promise (`least`, `groups`), which `mark` tells from others.

    `apart`: groups are shown each by itself and never in a total, so that a small one is left out, not merged.
    `wording`: the version of the template that first asked so.
    `tallies`: group -> everything that was answered so far. `shown`: what reports may say of it.
    `rows`: levels by the mark of somebody's own word, see `pairing`; `moved`: what reports may say of pairs.
    """

    sheet_id: str
    programme_id: str
    form: str
    about: str
    about_id: str
    school_id: str | None = None
    period: str = ""
    mark: str
    wording: int = 1
    begun: dt.date
    least: int
    groups: dict[str, str] = Field({})
    apart: bool = False
    tallies: dict[str, Tally] = Field({})
    shown: tuple[Cell, ...] = ()
    rows: dict[str, dict[str, str]] = Field({})
    moved: Moved | None = None

    @property
    def people(self) -> int:
        """How many have answered."""
        return sum(tally.people for tally in self.tallies.values())

    @property
    def people_shown(self) -> int:
        """How many of them are in what may be shown."""
        return sum(cell.tally.people for cell in self.shown)

    def with_answers(self, group: str, answers: Answers, form: Form) -> "Sheet":
        """The sheet with one more person's answers."""
        added = self.tallies.get(group, Tally()).plus(tally_of(answers, form))
        return self.model_copy(update={"tallies": dict(sorted({**self.tallies, group: added}.items()))})


def sheet_id(programme_id: str, form: str, about_id: str, period: str, mark: str) -> str:
    """Id of the sheet on which answers to these words about this thing are counted."""
    return derived("sht", programme_id, form, about_id, period, mark)


def tally_of(answers: Answers, form: Form) -> Tally:
    """One person's answers as a tally."""
    questions: dict[str, Counted] = {}
    for field in form.fields:
        answer = answers.get(field.key)
        if not answer:
            continue
        if field.kind == "text":
            questions[field.key] = Counted(answered=1, texts=(str(answer),))
        elif isinstance(answer, dict):
            questions |= {f"{field.key}:{thing}": _once((level,)) for thing, level in answer.items()}
        else:
            questions[field.key] = _once(_keys(answer))
    return Tally(people=1, questions=questions)


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them in one."""
    total = Tally()
    for tally in tallies:
        total = total.plus(tally)
    return total


def people_in(tallies: Mapping[str, Tally]) -> dict[str, int]:
    """How many have answered in each group; groups in which nobody has are left out."""
    return {group: tally.people for group, tally in tallies.items() if tally.people}


def _keys(answer: Answer) -> tuple[str, ...]:
    return (answer,) if isinstance(answer, str) else tuple(one for one in answer if isinstance(one, str))


def _once(keys: Iterable[str]) -> Counted:
    return Counted(answered=1, chosen=dict.fromkeys(keys, 1))
