"""What `reporting` publishes of forms and their entries: ids, states, and the answers that the template marks as told.

Free text is never told. Of a form whose answers are only counted, `answers` is empty.
"""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact

Told = str | int | float | bool | tuple[str, ...]
"""A short fact: a choice, topics, a rank, a day (ISO), a number."""


class EntryFacts(Fact):
    """Which entry it is, and what it is about."""

    entry_id: str
    programme_id: str
    form: str = Field(description="the key of the form in the template")
    about: str = Field(description="the kind of thing it is about, as the form says")
    about_id: str
    school_id: str | None = Field(None, description="the school whose entry it is, where it is a school's")
    number: int = Field(ge=1, description="counts the submitted versions of the entry's text")
    author_ids: tuple[str, ...] = ()


class PlannedLine(Fact):
    """A line of an entry's action plan: whose it is and by when, by ids and dates only."""

    line_id: str
    due: dt.date | None = None
    owner_id: str | None = Field(None, description="the person who is named as its owner, where they are known")
    awaited: bool = Field(False, description="its owner is named by address, and nobody has said yet who that is")
    status: str = Field("", description="`not-started`, `under-way`, `done` or `dropped`")


class FormSubmitted(EntryFacts, Event):
    """An entry was handed in, or handed in again."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str = Field(description="who pressed the button")
    answers: dict[str, Told] = Field({}, description="field -> answer, of the fields that the template marks as told")
    lines: int = Field(0, description="how many lines its action plan has")
    plan: tuple[PlannedLine, ...] = Field((), description="the lines of its action plan, in order")


class PlanChanged(EntryFacts, Event):
    """The action plan of an entry says something else without a new version: an owner, a day, how a line stands."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    plan: tuple[PlannedLine, ...] = Field(description="all lines as they stand, in order")


class EntryAnswered(EntryFacts, Event):
    """Every line of an entry is answered: arranged, sent, not possible. The words are kept by `reporting`."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str = Field(description="who answered last")
    outcomes: dict[str, str] = Field(description="line -> the key of its outcome")


class ChangesAsked(EntryFacts, Event):
    """Whoever agrees to entries of this form wants this one changed; the words are kept by `reporting`."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str


class AgreementGiven(EntryFacts, Event):
    """One of several who agree to an entry has agreed; it counts once all have, or nobody says anything in time."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str


class AgreementOverdue(EntryFacts, Event):
    """Whoever agrees to entries of this form has said nothing for too long; the coordinator may decide instead."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    coordinator_id: str


class FormAgreed(EntryFacts, Event):
    """An entry counts: whoever agrees has agreed, or the form needs nobody."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str = Field("", description="who agreed; empty where nobody needed to, or said anything in time")
    answers: dict[str, Told] = Field({}, description="as in `FormSubmitted`")


class FormReleased(EntryFacts, Event):
    """An entry may be read by these people from now on."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str = Field("", description="who let it go; empty where nobody needs to")
    reader_ids: tuple[str, ...] = ()


class IntroductionProposed(EntryFacts, Event):
    """Whoever an entry introduces to one another is known, and each is asked; no event says what anybody answers."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_ids: tuple[str, ...]


class IntroductionAnswered(EntryFacts, Event):
    """One of those who are to be introduced has said whether they want to be."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str


class PeopleIntroduced(EntryFacts, Event):
    """All have said yes: each may know the names and addresses of the others."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_ids: tuple[str, ...]


class IntroductionEnded(EntryFacts, Event):
    """Nothing comes of an introduction: somebody does not want it, or not all have said yes in time. Not who."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_ids: tuple[str, ...] = Field(description="who was asked, where mail can reach them")


class EntryWithdrawn(EntryFacts, Event):
    """An entry no longer stands; what refers to it falls away."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "entry_id"
    person_id: str
    on: dt.date
