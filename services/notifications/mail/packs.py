"""What a host writes for who comes to a duty at its school, for the mails about such days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.notifications.domain.directory import Programme
from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails import pages
from services.notifications.domain.template_mails.pages import PageLink
from services.notifications.ports import FormEntries
from shared.template import Activity, Form

Packs = Mapping[str, str]
"""Day -> the entry that its host has written for who comes."""


@dataclass(frozen=True)
class Notes:
    """What goes with an invitation: the title of the form, and the page of the entry; none before it is written."""

    title: str
    page: PageLink | None


async def packs(entries: FormEntries, programmes: Mapping[str, Programme], targets: Iterable[Target]) -> Packs:
    """Return what the hosts of these days have written."""
    found, known = dict[str, str](), dict[tuple[str, str, str], str]()
    for target in targets:
        declared = _declared(programmes.get(target.programme_id), target)
        if declared is None or declared.pack is None or not target.school_id:
            continue
        what = target.programme_id, declared.pack, target.school_id
        if what not in known:
            entry = await entries.latest(*what)
            known[what] = entry.entry_id if entry else ""
        found |= {target.target_id: known[what]} if known[what] else {}
    return found


def notes(programme: Programme | None, target: Target, known: Packs, school_id: str | None) -> Notes | None:
    """Return the host's notes for somebody of this school who comes; None for the host's own people."""
    form = _form(programme, _declared(programme, target))
    if form is None or not target.school_id or school_id == target.school_id:
        return None
    entry_id = known.get(target.target_id)
    return Notes(form.title.rstrip("."), pages.of_entry(entry_id) if entry_id else None)


def _declared(programme: Programme | None, target: Target) -> Activity | None:
    """What a day of a duty is of."""
    declared = programme.whole.activity(target.activity) if programme and programme.whole else None
    return declared if declared and declared.hosted else None


def _form(programme: Programme | None, declared: Activity | None) -> Form | None:
    key = declared.pack if declared else None
    return programme.whole.form(key) if key and programme and programme.whole else None
