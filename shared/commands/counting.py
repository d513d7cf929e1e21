"""What may be asked of `reporting` about forms whose answers are only counted.

Nothing that is kept says whose an answer is: not the database, no event, no log, no copy. The list of who has answered
is kept apart from the sums. `veil` is a secret of whoever asks, other than the idempotency key, so that the print of
a request, which is kept to know it again, cannot be tried out with every possible answer.
"""

from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, Query, Reply
from shared.template.answers import Answer
from shared.template.words import FieldKey


class CountAnswers(Command):
    """Count what a person answers, whole and at once; refused with every problem where something is wrong."""

    service: ClassVar[str] = "reporting"
    programme_id: str
    form: str
    about_id: str
    person_id: str
    mark: str = Field(description="of the words that the person read, from `EntryShown.mark`")
    answers: dict[FieldKey, Answer]
    word: str = Field("", max_length=60, description="the person's own, where the form pairs two rounds; never kept")
    veil: str = Field(min_length=32, max_length=64, description="random; kept nowhere")


class CountRow(Reply):
    """An answer, and how many gave it: all, and each group where groups are shown apart."""

    words: str
    numbers: tuple[int, ...]


class CountedQuestion(Reply):
    """A question with its numbers, or with what was written, in alphabetical order; `note` says what is withheld."""

    question: str
    columns: tuple[str, ...] = ()
    rows: tuple[CountRow, ...] = ()
    texts: tuple[str, ...] = ()
    note: str = ""


class CountSheet(Reply):
    """What was counted about one thing in one round, and who of whom has answered, by group."""

    about: str
    about_id: str
    title: str = ""
    period: str = ""
    begun: str = Field(description="a day in words")
    people: int = Field(description="how many have answered")
    asked: int = Field(0, description="how many could answer; 0 where each person is counted once in the programme")
    least: int
    questions: tuple[CountedQuestion, ...] = ()


class CountSheets(Reply):
    """The sheets of a form, the first begun first."""

    form: str
    title: str
    promise: str
    sheets: tuple[CountSheet, ...] = ()


class ShowCounts(Query):
    """How many gave which answer, as far as reports have shown it; Rejected("unknown-form") where none are counted."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = CountSheets
    programme_id: str
    form: str
    about_id: str = ""
