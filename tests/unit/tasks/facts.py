"""Facts of half a year, and tasks that they bring about."""

import datetime as dt

from shared.events import forms
from shared.events.scheduling import VisitMoved
from tests.unit.tasks import world
from tests.unit.tasks.world import lead

BRIEF = {"who": ["host.lead"], "do": {"form": "brief"}, "opens": "day.dated", "due": "day - 15 working days"}
ANSWER = {"who": ["attendees"], "do": {"answer": "day"}, "opens": "day.invited", "due": "opened + 10 working days"}
FORMS = [world.form("brief", about="visit"), world.form("survey", about="visit")]

FACTS = [
    *world.staff("sch-1", "sch-2"),
    world.came(),
    world.group(school_ids=world.SCHOOLS[:2]),
    world.visit(),
    world.visit(VisitMoved, version=2, on=dt.date(2026, 12, 3), sequence=1),
    world.held(version=3, on=dt.date(2026, 12, 3)),
    world.answer(lead("sch-1")),
    world.answer(lead("sch-2"), sequence=1, version=2),
    world.entry(),
    world.entry(forms.ChangesAsked, version=2),
    world.entry(version=3, number=2),
    world.entry(forms.FormAgreed, version=4, number=2),
    world.entry(key="survey", about=("visit", world.VISIT)),
    world.withdrawn("sch-2"),
]
TASKS = [
    world.task(),
    world.task("agree", who=["head"], do={"agree": "note"}, opens="note.submitted"),
    world.task("brief", **BRIEF),
    world.task("answer", **ANSWER),
    world.task("survey", who=["present"], opens="day.held"),
]
