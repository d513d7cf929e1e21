"""What mails in words from a template are written from, read in a few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from services.notifications.domain.details import OwnWords, ReportNews
from services.notifications.domain.kinds import WORDS
from services.notifications.domain.mail import WORDS_REF, Mail
from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails.records import FormEntry, Owed, Passage, Placement, Together
from services.notifications.ports import FormEntries, OwedTasks, Pairs, Passages, Placements, Targets
from services.notifications.ports.stores import Stores
from shared.roster import Roster

Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class TemplateFacts:
    """By id; what is ``owed`` by person, ``passages`` by mail, ``counts`` by programme, ``named`` by entry."""

    tasks: Mapping[str, Owed] = field(default_factory=dict)
    entries: Mapping[str, FormEntry] = field(default_factory=dict)
    placements: Mapping[str, Placement] = field(default_factory=dict)
    pairs: Mapping[str, Together] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    owed: Mapping[str, tuple[Owed, ...]] = field(default_factory=dict)
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def every_task(self) -> tuple[Owed, ...]:
        """Return every task that a mail speaks of."""
        return (*self.tasks.values(), *(task for tasks in self.owed.values() for task in tasks))

    @property
    def programme_ids(self) -> set[str]:
        """The programmes of everything that a mail speaks of."""
        return {task.programme_id for task in self.every_task()}

    @property
    def school_ids(self) -> set[str]:
        """The schools that may be named."""
        placed, dated = self.placements.values(), self.targets.values()
        found: list[str | None] = [one.about_id for one in self._about()]
        found += [one.school_id for one in self._about()]
        found += [school for one in placed for school in (one.school_id, one.host_school_id)]
        found += [one.host_school_id for one in dated]
        found += [school for pair in self.pairs.values() for school in pair.school_ids]
        found += [passage.school_id for passages in self.passages.values() for passage in passages]
        return {school_id for school_id in found if school_id}

    @property
    def person_ids(self) -> set[str]:
        """The people who may be named."""
        found = {person for task in self.every_task() for person in task.person_ids}
        found |= {one for entry in self.entries.values() for one in (*entry.author_ids, *entry.introduced_ids)}
        found |= {one.person_id for one in self.placements.values()}
        found |= {person for people in self.named.values() for person in people}
        found |= {person for pair in self.pairs.values() for person in pair.person_ids}
        return found | {one.about_id for one in self._about() if one.about_id}

    def _about(self) -> tuple[Owed | FormEntry, ...]:
        return (*self.every_task(), *self.entries.values())


NO_FACTS = TemplateFacts()


@dataclass(frozen=True)
class TemplateSources:
    """The ports that such facts are read from."""

    tasks: OwedTasks
    entries: FormEntries
    placements: Placements
    pairs: Pairs
    passages: Passages
    targets: Targets
    roster: Roster

    @classmethod
    def of(cls, stores: Stores) -> Self:
        """Return the sources of these stores."""
        return cls(
            stores.tasks,
            stores.entries,
            stores.placements,
            stores.pairs,
            stores.passages,
            stores.targets,
            stores.roster,
        )


async def template_facts(sources: TemplateSources, mails: Sequence[Mail]) -> TemplateFacts:
    """Return what these mails need; only mails in words from a template need any."""
    mine = [mail for mail in mails if mail.kind.source == WORDS or WORDS_REF in mail.refs]
    if not mine:
        return NO_FACTS
    passages = await _passages(sources, mine)
    named = [passage for found in passages.values() for passage in found]
    tasks = await sources.tasks.find(_ids(mine, "task") | {one.task_id for one in named if one.task_id})
    owed = await sources.tasks.owed_by({mail.person_id for mail in mine if mail.template == "weekly-tasks"})
    every = (*tasks.values(), *(task for found in owed.values() for task in found))
    about = {task.about_id for task in every if task.about_id}
    wanted = about | _ids(mine, "entry") | {one.entry_id for one in named if one.entry_id}
    matches = {one.match_id for one in named if one.match_id}
    placed = await sources.placements.find(matches)
    wanted |= {one.thing_entry_id for one in placed.values() if one.thing_entry_id}
    entries = await sources.entries.find(wanted)
    about |= {entry.about_id for entry in entries.values()}
    about |= {mail.details.about_id for mail in mine if isinstance(mail.details, ReportNews)}
    return TemplateFacts(
        tasks,
        entries,
        placements=await sources.placements.find(about | matches),
        pairs=await sources.pairs.find(about | {one.pair_id for one in named if one.pair_id}),
        targets=await sources.targets.find(about),
        owed=owed,
        passages=passages,
        counts={one: await sources.entries.counts(one) for one in _counted(mine)},
        named={one.entry_id: await _named(sources.roster, one) for one in entries.values()},
    )


async def _named(roster: Roster, entry: FormEntry) -> tuple[str, ...]:
    members = await roster.named_in(entry.programme_id, entry.entry_id)
    return tuple(dict.fromkeys(one.person_id for one in members if one.until is None))


async def _passages(sources: TemplateSources, mails: Iterable[Mail]) -> dict[str, tuple[Passage, ...]]:
    own = {mail.mail_id: mail.details.passages for mail in mails if isinstance(mail.details, OwnWords)}
    kept = await sources.passages.of(mail_id for mail_id, passages in own.items() if not passages)
    return {mail_id: passages or kept.get(mail_id, ()) for mail_id, passages in own.items()}


def _counted(mails: Iterable[Mail]) -> set[str]:
    return {
        mail.programme_id
        for mail in mails
        if mail.programme_id and (mail.template == "own-words" or WORDS_REF in mail.refs)
    }


def _ids(mails: Iterable[Mail], name: str) -> set[str]:
    return {mail.refs[name] for mail in mails if name in mail.refs}
