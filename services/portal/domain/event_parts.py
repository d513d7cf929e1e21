"""A large cohort event comes in parts, each with its own id, people and answers. A person sees one event."""

from collections.abc import Container, Sequence

from services.portal.domain.records import Meeting


def each_once(meetings: Sequence[Meeting], answered: Container[str]) -> list[Meeting]:
    """Return one part of each event, in the order given: rather one that takes place, then one that was answered."""
    found: dict[tuple[str, ...], Meeting] = {}
    for one in meetings:
        key = (one.cohort_id, one.activity or one.title) if one.kind == "cohort-event" else (one.target_id,)
        kept = found.get(key)
        if kept is None or _fitness(one, answered) > _fitness(kept, answered):
            found[key] = one
    chosen = {one.target_id for one in found.values()}
    return [one for one in meetings if one.target_id in chosen]


def _fitness(one: Meeting, answered: Container[str]) -> tuple[bool, bool]:
    return one.state != "cancelled", one.target_id in answered
