"""Tasks as the portal hears of them, in the programme of tests/unit/reporting/entries/exchange.py."""

import datetime as dt
from typing import Any

from services.portal.domain.links import link_id_of
from shared.events.links import LinkIssued
from shared.events.tasks import TaskAsked
from tests.unit.portal.entries.house import House, built
from tests.unit.portal.world import PUBLIC
from tests.unit.reporting.entries import exchange

LEAD, VISITOR, HOST_LEAD, HOST_HEAD = exchange.OWN_LEAD, exchange.VISITOR, exchange.HOST_LEAD, exchange.HOST_HEAD
TODAY = exchange.NOW.date()
TASKS: list[dict[str, Any]] = [
    {"key": "post", "title": "Post your project", "who": ["lead"], "do": {"form": "project"}, "opens": "09-15",
     "due": "10-31"},
    {"key": "plan", "who": ["lead"], "do": {"form": "plan"}, "opens": "09-15", "due": "09-20"},
    {"key": "write", "title": "Write your findings", "who": ["practitioner"], "do": {"form": "findings"},
     "opens": "09-15", "due": "10-20"},
    {"key": "check", "title": "Agree to the findings", "who": ["host.lead"], "do": {"agree": "findings"},
     "opens": "findings.submitted", "due": "opened + 10 working days"},
    {"key": "insured", "title": "Insurance", "who": ["lead"], "do": {"confirm": "Your visitors are insured"},
     "opens": "09-15", "due": "10-10"},
]  # fmt: skip


def task(key: str, kind: type = TaskAsked, version: int = 1, **more: Any) -> Any:
    """An event about a task of that key."""
    declared = next(one for one in TASKS if one["key"] == key)
    ((do, of),) = declared["do"].items()
    given = {
        "version": version, "task_id": f"tsk-{key}", "programme_id": exchange.PROGRAMME, "task": key, "do": do,
        "of": of, "person_ids": (LEAD,), "about": "school", "about_id": exchange.OWN, "school_id": exchange.OWN,
        "opened": TODAY - dt.timedelta(days=10), "due": TODAY + dt.timedelta(days=10),
    }  # fmt: skip
    return kind(**{**given, **more})


def findings_asked(**more: Any) -> Any:
    return task("write", person_ids=(VISITOR,), about="match", about_id=exchange.MATCH, **more)


async def at_desk(public: str = PUBLIC) -> House:
    """The portal and reporting, told everything; nobody owes anything yet."""
    house = await built(public)
    _, *others = exchange.everything()
    await house.handle(exchange.opened(tasks=TASKS))
    await house.reporting.handle(exchange.opened(tasks=TASKS))
    for event in (*others, exchange.placed()):
        await house.handle(event)
    return house


async def link(house: House, purpose: str, person: str = LEAD, target: str = exchange.PROGRAMME, **more: Any) -> str:
    """A link that was mailed; its token."""
    token = f"tok-{purpose}-{person}-{target}-abcdefghijklmnop"
    given = {"target_kind": "programme" if target == exchange.PROGRAMME else purpose, **more}
    event = LinkIssued(
        version=1, link_id=link_id_of(token), person_id=person, purpose=purpose, target_id=target,
        programme_id=exchange.PROGRAMME,
        expires=given.pop("expires", house.clock.now() + dt.timedelta(days=60)), **given,
    )  # fmt: skip
    await house.handle(event)
    return token
