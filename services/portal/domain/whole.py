"""A programme whose template says everything, in the language of `shared/template`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.portal.domain import words
from shared.template import Form, Round, Task, Template
from shared.template.beginning import begun_from
from shared.template.references import FUNCTIONS, parse_reference


@dataclass(frozen=True)
class WholeProgramme:
    """A programme with its template, and how it stands; `until`: when a postponed one is meant to go on."""

    programme_id: str
    name: str
    year: int
    coordinator_id: str
    template: Template
    state: str = "recruiting"
    until: dt.date | None = None

    @property
    def still(self) -> str:
        """What is said instead of its pages while it stands still, or once it is put away; empty else."""
        if self.state == "archived":
            return f"{self.name} is over. What you need of it, its coordinator has."
        if self.state != "postponed":
            return ""
        again = f" It is meant to go on from {words.day(self.until)}." if self.until else ""
        return (
            f"{self.name} is postponed, and there is nothing to do for it now.{again} You get a mail when it goes on."
        )

    def today(self, now: dt.datetime) -> dt.date:
        """The date where the programme runs."""
        return now.astimezone(ZoneInfo(self.template.timezone)).date()

    def declared(self, key: str) -> Task | None:
        """The task as the template declares it."""
        return next((task for task in self.template.tasks if task.key == key), None)

    def titled(self, task: str, of: str) -> str:
        """What is owed, in the template's words: the task's own, or those of its form or activity."""
        declared, form, activity = self.declared(task), self.template.form(of), self.template.activity(of)
        own = declared.title if declared else ""
        return own or (form.title if form else activity.title if activity else task.replace("-", " ").capitalize())


def listed_forms(template: Template) -> tuple[Form, ...]:
    """The forms whose entries people look through: several about one thing, released, and chosen or asked for."""
    chosen = {of.things for of in template.matching}
    chosen |= {field.of for form in template.forms for field in form.fields}
    chosen |= {form.key for form in template.forms if begun_from(template, form.key)}
    return tuple(form for form in template.forms if form.many and form.release and form.key in chosen)


def round_of(things: str, template: Template) -> Round | None:
    """The round in which people are placed to entries of this form."""
    return next((one for one in template.matching if one.kind == "placements" and one.things == things), None)


def titles(references: Iterable[str], template: Template) -> tuple[str, ...]:
    """Whom references name, as people say it: "CPD lead of the host school"."""
    return tuple(dict.fromkeys(_title(text, template) for text in references))


def _title(text: str, template: Template) -> str:
    one = parse_reference(text)
    if one.is_function:
        return {"coordinator": "the coordinator", "facilitator": "the facilitator"}.get(one.role, FUNCTIONS[one.role])
    role = next((role for role in template.roles if role.key == one.role), None)
    relation = next((relation for relation in template.relations if relation.key == one.role), None)
    said = (role.title if role else "") or (relation.key if relation else one.role).replace("-", " ")
    return f"{said} of the host school" if one.scope == "host" else said
