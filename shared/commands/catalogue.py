"""Every command and query there is, by subject."""

from types import ModuleType

from shared.commands import (
    actions,
    agreed_visits,
    audit,
    brochures,
    coordinators,
    counting,
    duties,
    enquiries,
    entries_listed,
    event_programmes,
    forms,
    imports,
    inspections,
    introductions,
    logins,
    matching,
    notifications,
    notifications_held,
    notifications_replies,
    open_calls,
    outcomes,
    own,
    pairs,
    participation,
    parties,
    people,
    people_named,
    polls,
    portal,
    previews,
    profiles,
    programme_states,
    programmes,
    programmes_queries,
    programmes_released,
    reporting,
    reports,
    rounds,
    scheduling,
    scheduling_calendars,
    scheduling_changes,
    scheduling_dates,
    scheduling_duties,
    scheduling_own,
    scheduling_released,
    scheduling_suiting,
    sessions,
    shared_links,
    sharing,
    sign_in,
    tasks,
    template_upgrades,
    templates,
    tokens,
)
from shared.commands.base import Command, Query

OWNERS: tuple[ModuleType, ...] = (
    programmes,
    programmes_queries,
    outcomes,
    programmes_released,
    programme_states,
    template_upgrades,
    templates,
    imports,
    participation,
    profiles,
    parties,
    people,
    coordinators,
    enquiries,
    matching,
    sharing,
    rounds,
    pairs,
    scheduling,
    scheduling_released,
    scheduling_calendars,
    scheduling_changes,
    scheduling_duties,
    scheduling_own,
    inspections,
    introductions,
    event_programmes,
    duties,
    scheduling_dates,
    open_calls,
    scheduling_suiting,
    sessions,
    agreed_visits,
    notifications,
    notifications_held,
    notifications_replies,
    reporting,
    reports,
    brochures,
    forms,
    people_named,
    entries_listed,
    counting,
    shared_links,
    polls,
    previews,
    actions,
    audit,
    tasks,
    portal,
    sign_in,
    logins,
    tokens,
    own,
)


def requests_of(owner: ModuleType) -> list[type[Command] | type[Query]]:
    """The commands and queries a module declares, in order."""
    return [
        declared
        for declared in vars(owner).values()
        if isinstance(declared, type)
        and issubclass(declared, Command | Query)
        and declared.__module__ == owner.__name__
    ]


REQUESTS: dict[str, type[Command] | type[Query]] = {
    request.subject(): request for owner in OWNERS for request in requests_of(owner)
}
