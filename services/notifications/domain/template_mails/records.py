"""Facts about tasks, entries and placements that such mails are written from."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.events.forms import EntryFacts, Told
from shared.events.pairs import PairEnded, PairFacts, PairFormed
from shared.events.placements import PersonPlaced, PlacementEnded, PlacementFacts
from shared.events.tasks import TaskFacts

TaskState = Literal["open", "missed", "done", "excused"]
NewsKind = Literal[
    "submitted", "answered", "changes-asked", "agreed", "released", "overdue", "proposed", "introduced", "ended"
]  # fmt: skip
EntryState = Literal["submitted", "changes-asked", "agreed", "released", "withdrawn"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int


class Owed(_Record):
    """A task as it stands: what is owed, by whom, about what, until when."""

    task_id: str
    programme_id: str
    task: str
    do: str
    of: str
    person_ids: tuple[str, ...]
    about: str
    about_id: str
    school_id: str | None = None
    due: dt.date
    state: TaskState = "open"

    @classmethod
    def of_event(cls, event: TaskFacts, state: TaskState) -> "Owed":
        """Return the task as the event leaves it."""
        return cls.model_validate({**event.model_dump(), "state": state})

    @property
    def closed(self) -> bool:
        """Whether nobody owes it any more."""
        return self.state in {"done", "excused"}


class FormEntry(_Record):
    """An entry of a form as it stands, with the answers that events carry."""

    entry_id: str
    programme_id: str
    form: str
    about: str
    about_id: str
    school_id: str | None = None
    number: int
    author_ids: tuple[str, ...] = ()
    state: EntryState
    answers: dict[str, Told] = {}
    introduced_ids: tuple[str, ...] = ()

    @classmethod
    def of_event(cls, event: EntryFacts, state: EntryState, before: "FormEntry | None") -> "FormEntry":
        """Return the entry as the event leaves it; an event without answers leaves those of before."""
        answers = getattr(event, "answers", None)
        kept = before.answers if before else {}
        introduced = getattr(event, "person_ids", before.introduced_ids if before else ())
        return cls.model_validate(
            {
                **event.model_dump(),
                "state": state,
                "answers": kept if answers is None else answers,
                "introduced_ids": introduced,
            }
        )


class Placement(PlacementFacts, _Record):
    """Somebody placed to a thing in another school, by the entries that named both."""

    round: str = ""

    @classmethod
    def of_event(cls, event: PersonPlaced | PlacementEnded) -> "Placement":
        """Return the placement as the event leaves it."""
        return cls.model_validate(event.model_dump())


class Together(PairFacts, _Record):
    """People of a pair or ring."""

    @classmethod
    def of_event(cls, event: PairFormed | PairEnded) -> "Together":
        """Return the pair as the event leaves it."""
        return cls.model_validate(event.model_dump())


class Passage(BaseModel):
    """One passage of a mail in own words: which mail of the template, and what it is about (ids, empty where nothing).

    ``report`` is the key of a report; ``target_id`` a date, ``before`` the day it was on; ``course`` the key of a
    course that is offered, which begins on ``first``.
    In a digest the same passage about the same thing stands once; ``occasion`` is the first that brought it there.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    mail: str
    entry_id: str = ""
    task_id: str = ""
    match_id: str = ""
    pair_id: str = ""
    round: str = ""
    report_id: str = ""
    report: str = ""
    school_id: str = ""
    target_id: str = ""
    before: str = ""
    course: str = ""
    first: str = ""
    occasion: str = ""

    @property
    def key(self) -> str:
        """What makes it one passage."""
        about = self.entry_id or self.task_id or self.match_id or self.pair_id or self.report_id or self.target_id
        return f"{self.mail}/{about or self.course or self.school_id}"
