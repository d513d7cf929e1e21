"""Who reads a mail that is shown before anything has happened, and who else there is."""

import datetime as dt
from dataclasses import dataclass

from services.notifications.domain.directory import Programme, School
from services.notifications.domain.template_mails.people import Recipient
from shared.template import Task, Template
from shared.template.preview import Days

_LATER = dt.timedelta(days=14)


@dataclass(frozen=True)
class Scene:
    """Who reads the mail, and who else there is. `home`: the reader's school; `other`: another one, where there is."""

    programme: Programme
    template: Template
    someone: Recipient
    partner_id: str
    today: dt.date
    home: School | None = None
    other: School | None = None
    schools: tuple[School, ...] = ()
    facilitator_id: str | None = None

    def day(self, text: str, task: Task | None = None) -> dt.date:
        """The latest day expected for a moment, from today on; two weeks from now where nobody can tell."""
        found = Days(self.template, self.programme.year).day(text, task) if text else None
        return max(found, self.today) if found else self.today + _LATER

    @property
    def home_id(self) -> str | None:
        """The reader's school."""
        return self.home.school_id if self.home else None

    @property
    def other_id(self) -> str | None:
        """Another school, or else the reader's own."""
        return self.other.school_id if self.other else self.home_id
