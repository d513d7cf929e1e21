"""Every event there is, found in the publishers' modules: what is declared there is in the contract, nothing else."""

from types import ModuleType

from shared.events import (
    agreed_visits,
    duties,
    enquiries,
    forms,
    inspections,
    links,
    matching,
    notifications,
    pairs,
    participation,
    parties,
    placements,
    polls,
    portal,
    programme_states,
    programmes,
    programmes_parts,
    reporting,
    reports,
    rounds,
    scheduling,
    scheduling_dates,
    scheduling_parts,
    sessions,
    sign_in,
    tasks,
    templates,
    tokens,
)
from shared.events.base import Event

PUBLISHERS: tuple[ModuleType, ...] = (
    programmes,
    programmes_parts,
    programme_states,
    templates,
    participation,
    parties,
    enquiries,
    matching,
    placements,
    rounds,
    pairs,
    scheduling,
    scheduling_parts,
    sessions,
    scheduling_dates,
    agreed_visits,
    duties,
    inspections,
    notifications,
    links,
    reporting,
    reports,
    forms,
    polls,
    tasks,
    portal,
    sign_in,
    tokens,
)


def events_of(publisher: ModuleType) -> list[type[Event]]:
    """The events a publisher's module declares, in the order in which it declares them."""
    return [
        declared
        for name, declared in vars(publisher).items()
        if isinstance(declared, type)
        and issubclass(declared, Event)
        and declared.__module__ == publisher.__name__
        and not name.startswith("_")
    ]


EVENTS: dict[str, type[Event]] = {
    event.type_name(): event for publisher in PUBLISHERS for event in events_of(publisher)
}
"""CloudEvents type -> class."""
