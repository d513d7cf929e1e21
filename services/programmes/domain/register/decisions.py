"""What becomes of a batch of register rows: decisions as functions from records to records and counts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.programmes.domain.imports import Progress
from services.programmes.domain.register.doubts import misread
from services.programmes.domain.register.entry import FieldChange, RegisterEntry, merged
from services.programmes.domain.register.links import Link, ids_for, roots
from services.programmes.domain.register.reader import Entry
from services.programmes.domain.register.report import garbled_values, problem_rows, rows_to_correct, shown_changes
from services.programmes.domain.register.school import Change

__all__ = ["LinksTaken", "SchoolsTaken", "ids_to_change", "take_links", "take_schools"]


@dataclass(frozen=True, slots=True)
class SchoolsTaken:
    """Entries to add and to replace, what changed in them, and how far the import is."""

    new: tuple[RegisterEntry, ...]
    changed: tuple[RegisterEntry, ...]
    history: tuple[FieldChange, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class LinksTaken:
    """Links to save, and how far the import is."""

    links: tuple[Link, ...]
    progress: Progress


def take_schools(
    batch: Sequence[Entry],
    before: Mapping[int, RegisterEntry],
    ids: Mapping[int, str],
    *,
    stated: frozenset[str],
    import_id: str,
    now: dt.datetime,
) -> SchoolsTaken:
    """Take what the rows say about the fields `stated`; `before` and `ids`: entries so far and school ids, by URN.

    A value that is in doubt, or is the known one in another encoding, leaves what is known.
    """
    unsure = {entry.school.urn: entry.unsure for entry in batch if entry.school}
    schools = [entry.school for entry in batch if entry.school]
    garbled = {school.urn: misread(before[school.urn].school, school) for school in schools if school.urn in before}
    new, changed, changes = [], [], []
    for school in schools:
        read = stated - unsure[school.urn] - garbled.get(school.urn, frozenset())
        entry, found = merged(before.get(school.urn), school, ids[school.urn], read)
        changes += [(school.urn, each) for each in found]
        if school.urn not in before:
            new.append(entry)
        elif entry != before[school.urn]:
            changed.append(entry)
    done = _counted(batch, added=len(new), changed=len({urn for urn, _ in changes}), changes=changes)
    history = tuple(FieldChange(urn, import_id, now, each) for urn, each in changes)
    return SchoolsTaken(
        tuple(new), tuple(changed), history, done.then(Progress(problems=garbled_values(batch, garbled)))
    )


def take_links(batch: Sequence[Entry], known: Iterable[Link]) -> LinksTaken:
    """Take the links that are new, or whose day is; `known`: those from or to the same URNs."""
    before = {_same(link): link for link in known}
    fresh: dict[tuple[int, int, str], Link] = {}
    added = changed = 0
    for link in (entry.link for entry in batch if entry.link):
        old = fresh.get(_same(link)) or before.get(_same(link))
        if old is None or (link.since and link.since != old.since):
            fresh[_same(link)] = link
            added += old is None
            changed += old is not None
    return LinksTaken(tuple(fresh.values()), _counted(batch, added=added, changed=changed, changes=[]))


def ids_to_change(links: Sequence[Link], pinned: Mapping[int, str], known: Mapping[int, str]) -> dict[int, str]:
    """The school ids that all the links together change; `pinned` ids are known outside, `known` are those so far."""
    ids = ids_for(known, roots(links), pinned)
    return {urn: ids[urn] for urn, so_far in known.items() if so_far != ids[urn]}


def _same(link: Link) -> tuple[int, int, str]:
    return link.predecessor, link.successor, link.kind


def _counted(batch: Sequence[Entry], *, added: int, changed: int, changes: Sequence[tuple[int, Change]]) -> Progress:
    taken = sum(1 for entry in batch if entry.school or entry.link)
    return Progress(
        line=batch[-1].line,
        rows=len(batch),
        added=added,
        changed=changed,
        unchanged=taken - added - changed,
        rejected=len(batch) - taken,
        problems=problem_rows(batch),
        problem_rows=rows_to_correct(batch),
        changes=shown_changes(changes),
    )
