"""What a token of the API may do: one area each, to read or to change. Who may change an area may read it."""

from collections.abc import Collection, Mapping

READ, CHANGE = "read", "change"
AREAS: Mapping[str, str] = {
    "programmes": "Programmes and their templates",
    "schools": "Schools, people and who takes part",
    "groups": "Groups, rounds and pairs",
    "dates": "Calendars, visits and other dates",
    "mails": "Mails and replies",
    "forms": "Forms, entries, actions and reports",
    "tasks": "Tasks",
    "audit": "The audit log",
}
"""Areas with the words that pages have for them."""
ONLY_READ = frozenset({"audit"})
"""Areas in which there is nothing to change."""
EVERYTHING = "everything"
"""The scope of who signs in by a token: whatever the person may do."""
SCOPES: tuple[str, ...] = tuple(
    f"{area}:{act}" for area in AREAS for act in (READ, CHANGE) if act == READ or area not in ONLY_READ
)


def allows(scopes: Collection[str], wanted: str) -> bool:
    """Return whether a token with these scopes may do what wants this one."""
    area, _, act = wanted.partition(":")
    enough = {EVERYTHING, wanted} | ({f"{area}:{CHANGE}"} if act == READ else set())
    return not enough.isdisjoint(scopes)
