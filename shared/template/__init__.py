"""The language of programme templates: what a programme is, as data that `ProgrammeOpened` (version 2) carries.

Keys are the template's own words. Kinds are the engine's: `kinds` says which there are and which settings each
one uses. The models check shape only, so that a reader survives a newer template; `reading` checks sense.

Each is loaded when it is first asked for: whoever names a key of a template need not load all that one holds.
"""

from typing import TYPE_CHECKING

from shared.lazily import names

if TYPE_CHECKING:
    from shared.template.activities import Activity
    from shared.template.clock import Clock, Moment
    from shared.template.forms import Form, FormField
    from shared.template.mails import Mail
    from shared.template.people import Party, Relation, Role
    from shared.template.reports import Block, Report
    from shared.template.rounds import Round
    from shared.template.tasks import Task
    from shared.template.template import Template

__all__ = [
    "Activity",
    "Block",
    "Clock",
    "Form",
    "FormField",
    "Mail",
    "Moment",
    "Party",
    "Relation",
    "Report",
    "Role",
    "Round",
    "Task",
    "Template",
]

_PLACES = {
    "Activity": "activities",
    "Block": "reports",
    "Clock": "clock",
    "Form": "forms",
    "FormField": "forms",
    "Mail": "mails",
    "Moment": "clock",
    "Party": "people",
    "Relation": "people",
    "Report": "reports",
    "Role": "people",
    "Round": "rounds",
    "Task": "tasks",
    "Template": "template",
}

__getattr__ = names(__name__, _PLACES)
