"""What of a programme has begun, as far as `programmes` can tell: by its clock, enrolments and entries."""

import datetime as dt
from dataclasses import dataclass, field

from services.programmes.domain.records import Programme
from shared.template import Activity, Moment, Round, Task, Template
from shared.template.days import day_of
from shared.template.moments import WrongMomentError, parse_moment

__all__ = ["Begun"]


@dataclass(frozen=True)
class Begun:
    """How far the programme is. `forms`: those of which an entry has been handed in."""

    programme: Programme
    template: Template
    today: dt.date
    enrolled: int = 0
    forms: frozenset[str] = field(default_factory=frozenset)

    @property
    def running(self) -> bool:
        """Whether enrolment has closed."""
        return self.programme.state == "closed"

    def come(self, text: str, template: Template | None = None) -> bool:
        """Whether a moment has come; one that waits for something to happen may have, once enrolment has closed."""
        if not text:
            return False
        day = day_of(text, template or self.template, self.programme.year, self.programme.pauses)
        return self.running if day is None else day <= self.today

    def moment(self, moment: Moment, template: Template) -> bool:
        """Whether a moment, or either end of a window, has come."""
        return any(self.come(moment.text(state), template) for state in moment.states())

    def activity(self, activity: Activity) -> bool:
        """Whether its first day may have come."""
        return self.come(activity.opens)

    def task(self, task: Task) -> bool:
        """Whether somebody may have been asked."""
        return self.come(task.opens)

    def round(self, of: Round) -> bool:
        """Whether its people and things, or its schools, may have been named in full."""
        if not of.people:
            return self.running
        dues = [task.due for task in self.template.tasks if task.do.form in {of.people, of.things}]
        return any(self.come(due) for due in dues if _closes(due))


def _closes(text: str) -> bool:
    try:
        return parse_moment(text).state == "closes"
    except WrongMomentError:
        return False
