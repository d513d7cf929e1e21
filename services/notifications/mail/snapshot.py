"""Everything that is needed to write a batch of mails, read in a few queries."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self
from zoneinfo import ZoneInfo

from services.notifications.domain import completions
from services.notifications.domain.built import Undelivered
from services.notifications.domain.details import News, OwedStage, OwnWords, PlacementOver, Postponed, Span
from services.notifications.domain.directory import Card, Group, Programme, School
from services.notifications.domain.eligibility import reminder_keys, silent
from services.notifications.domain.kinds import COURSE_DATES, COURSE_OVER
from services.notifications.domain.lists import MOST_LISTED
from services.notifications.domain.mail import WORDS_REF, Mail
from services.notifications.domain.seals import Seals
from services.notifications.domain.targets import Target, invited, stood_in_for
from services.notifications.domain.template_mails.outdated import no_longer_news, no_longer_owed
from services.notifications.domain.template_mails.records import Owed, Passage
from services.notifications.domain.template_mails.routing import of_withdrawal, task_of
from services.notifications.mail.packs import Packs, packs
from services.notifications.mail.template_facts import NO_FACTS, TemplateFacts, TemplateSources, template_facts
from services.notifications.mail.worklists import Worklist, WorklistSources, worklists
from services.notifications.ports import (
    Cards,
    Completions,
    Entries,
    Groups,
    Preferences,
    Programmes,
    SealKey,
    Suppressions,
    Targets,
    Troubles,
)
from services.notifications.ports.stores import Stores
from shared.commands.agreed_visits import ArrangementDetail
from shared.commands.enquiries import EnquiryRow
from shared.commands.event_programmes import EventProgramme
from shared.commands.reports import Paper
from shared.commands.scheduling import BriefText
from shared.commands.scheduling_dates import AgreementDetail
from shared.commands.sign_in import SignInSecrets
from shared.template import Mail as Worded
from shared.template import Template

FEW = 8
"""So many people of an event can be named to one another."""


@dataclass(frozen=True)
class Snapshot:
    """What is known when a batch is written.

    ``schools`` by (programme, school); ``briefs`` by visit; ``agreements``, ``sign_ins``, ``enquiries`` and ``events``
    by id; ``undelivered`` and ``worklists``: what a notice is about, by the notice's id; ``papers``: those of a
    meeting, by the mail that invites; ``plain_entries``: (target, person) whose calendar holds
    an entry without a seal.
    """

    programmes: dict[str, Programme]
    schools: dict[tuple[str, str], School]
    targets: dict[str, Target]
    groups: dict[str, Group]
    cards: dict[str, Card]
    seals: Seals
    now: dt.datetime
    finished: dict[str, int] = field(default_factory=dict)
    held_addresses: set[str] = field(default_factory=set)
    essential_only: set[str] = field(default_factory=set)
    briefs: dict[str, BriefText] = field(default_factory=dict)
    agreements: dict[str, AgreementDetail] = field(default_factory=dict)
    arranged: dict[tuple[str, str], ArrangementDetail] = field(default_factory=dict)
    papers: dict[str, tuple[Paper, ...]] = field(default_factory=dict)
    undelivered: dict[str, Undelivered] = field(default_factory=dict)
    plain_entries: set[tuple[str, str]] = field(default_factory=set)
    worklists: dict[str, Worklist] = field(default_factory=dict)
    sign_ins: dict[str, SignInSecrets] = field(default_factory=dict)
    enquiries: dict[str, EnquiryRow] = field(default_factory=dict)
    events: dict[str, EventProgramme] = field(default_factory=dict)
    packs: Packs = field(default_factory=dict)
    facts: TemplateFacts = NO_FACTS

    def language(self, programme_id: str) -> Template:
        """Return a programme's template; raises KeyError where it is not one in the language of templates."""
        whole = self.programmes[programme_id].whole
        if whole is None:
            raise KeyError(programme_id)
        return whole

    def today(self, programme_id: str) -> dt.date:
        """Return the day it is where the programme runs."""
        return self.now.astimezone(ZoneInfo(self.language(programme_id).timezone)).date()

    def weekly(self, mail: Mail) -> tuple[Owed, ...]:
        """Return what stands in somebody's weekly mail: what they still owe of what goes out with it."""
        declared = [
            (task, task_of(programme.whole, task.task))
            for task in self.facts.owed.get(mail.person_id, ())
            if (programme := self.programmes.get(task.programme_id)) and programme.whole
        ]
        less = mail.person_id in self.essential_only
        return tuple(task for task, said in declared if said and said.bundled and (said.essential or not less))

    def passages(self, mail: Mail) -> tuple[Passage, ...]:
        """Return the passages of a mail in own words; of entries that were withdrawn, only those that say so."""
        gone = {one.entry_id for one in self.facts.entries.values() if one.state == "withdrawn"}
        programme = self.programmes.get(mail.programme_id or "")
        telling = of_withdrawal(programme.whole) if programme and programme.whole else frozenset()
        found = self.facts.passages.get(mail.mail_id, ())
        return tuple(one for one in found if one.entry_id not in gone or one.mail in telling)

    def worded(self, mail: Mail) -> Worded | None:
        """Return the template's mail whose words stand for those of the kind, while the template still has it."""
        key, programme = mail.refs.get(WORDS_REF), self.programmes.get(mail.programme_id or "")
        found = programme.whole.mails if key and programme and programme.whole else ()
        return next((one for one in found if one.key == key), None)

    def dates(self, mail: Mail) -> tuple[Target, ...]:
        """Return the dates of a course to which a mail invites: those to come that its reader is still invited to."""
        if mail.template != COURSE_DATES:
            return ()
        named = dict.fromkeys(one.target_id for one in self.facts.passages.get(mail.mail_id, ()))
        found = [self.targets[one] for one in named if one in self.targets]
        standing = [one for one in found if one.state == "scheduled" and one.on >= self.now.date()]
        mine = [one for one in standing if mail.person_id in {person.person_id for person in one.attendees}]
        return tuple(sorted(mine, key=lambda one: (one.on, one.starts or dt.time())))

    def dates_over(self, mail: Mail) -> tuple[Target, ...]:
        """Return the dates of a course of which a mail says that its reader is not invited any more, if so it is."""
        if mail.template != COURSE_OVER:
            return ()
        named = dict.fromkeys(one.target_id for one in self.facts.passages.get(mail.mail_id, ()))
        found = [self.targets[one] for one in named if one in self.targets]
        to_come = [one for one in found if one.on >= self.now.date()]
        gone = [one for one in to_come if mail.person_id not in {person.person_id for person in one.attendees}]
        return tuple(sorted(gone, key=lambda one: (one.on, one.starts or dt.time())))

    def pointless(self, mail: Mail) -> str:
        """Return why a mail has nothing to say any more; "" where it has."""
        if why := silent(mail, self.programmes.get(mail.programme_id or "")):
            return why
        waits = {"weekly-tasks": self.weekly, "own-words": self.passages, COURSE_DATES: self.dates}
        left = {**waits, COURSE_OVER: self.dates_over}.get(mail.template)
        if left is not None and not left(mail):
            return "Nothing of what it is about stands any more."
        task, entry = (
            self.facts.tasks.get(mail.refs.get("task", "")),
            self.facts.entries.get(mail.refs.get("entry", "")),
        )
        if isinstance(mail.details, OwedStage) and task is not None:
            return no_longer_owed(task, mail.person_id, told=mail.details.stage == "missed")
        if isinstance(mail.details, News) and entry is not None:
            return no_longer_news(mail.details.news, mail.details.number, entry)
        return ""

    def nothing_waits(self, mail: Mail) -> bool:
        """Return whether a mail is about what waits, and nothing of it waits any more."""
        found = self.worklists.get(mail.mail_id)
        return found is not None and found.total == 0

    def sign_in(self, mail: Mail) -> SignInSecrets | None:
        """Return what a mail that signs somebody in says."""
        return self.sign_ins.get(mail.refs.get("attempt", ""))

    def overtaken(self, mail: Mail) -> bool:
        """Return whether what a mail is for is gone: a sign-in by a newer one or its use, an enquiry by its erasure."""
        gone = "enquiry" in mail.refs and mail.refs["enquiry"] not in self.enquiries
        return gone or (mail.template == "sign-in" and self.sign_in(mail) is None)

    def target(self, mail: Mail) -> Target | None:
        """Return what the mail is about, if it is a visit, event, agreed day or call."""
        return self.targets.get(mail.target_id)

    def entry_seal(self, mail: Mail) -> str:
        """Return the seal of the person's calendar entry, "" where they have one without from release 0.1.0."""
        plain = (mail.target_id, mail.person_id) in self.plain_entries
        return "" if plain else self.seals.entry(mail.target_id, mail.person_id)

    def school(self, mail: Mail, school_id: str | None) -> School | None:
        """Return a school of the mail's programme."""
        return self.schools.get((mail.programme_id or "", school_id or ""))


@dataclass(frozen=True)
class Sources:
    """The ports that a snapshot is read from."""

    programmes: Programmes
    groups: Groups
    targets: Targets
    completions: Completions
    cards: Cards
    suppressions: Suppressions
    preferences: Preferences
    troubles: Troubles
    entries: Entries
    seal_key: SealKey
    replies: WorklistSources
    facts: TemplateSources

    @classmethod
    def of(cls, stores: Stores) -> Self:
        """Return the sources of these stores."""
        return cls(
            stores.programmes, stores.groups, stores.targets, stores.completions, stores.contacts, stores.suppressions,
            stores.preferences, stores.ledger, stores.ledger, stores.seal_key,
            WorklistSources(stores.triage, stores.targets, stores.programmes, stores.contacts),
            TemplateSources.of(stores),
        )  # fmt: skip


def falling_away(mail: Mail) -> tuple[str, ...]:
    """Return the ids of the dates that fall away with what a mail tells."""
    return mail.details.dated if isinstance(mail.details, Postponed | OwnWords | PlacementOver) else ()


def dated(mail: Mail) -> tuple[str, ...]:
    """Return the ids of the visits, events, agreed days and calls that a mail is about."""
    several = falling_away(mail)
    return (*([mail.target_id] if mail.target_id else ()), *several)


async def take(sources: Sources, mails: Sequence[Mail], now: dt.datetime) -> Snapshot:
    """Read what these mails need. Briefs and agreements are not in it: another service owns them."""
    groups = await sources.groups.find({mail.refs["group"] for mail in mails if "group" in mail.refs})
    facts = await template_facts(sources.facts, mails)
    dates = {passage.target_id for found in facts.passages.values() for passage in found if passage.target_id}
    targets = await sources.targets.find(dates | {one for mail in mails for one in dated(mail)})
    own = {mail.programme_id for mail in mails if mail.programme_id}
    programmes = await sources.programmes.find(own | facts.programme_ids)
    schools: dict[tuple[str, str], School] = {}
    for programme_id in programmes:
        wanted = facts.school_ids | _schools(programme_id, mails, targets.values(), groups.values())
        for school in await sources.programmes.schools(programme_id, wanted):
            schools[programme_id, school.school_id] = school
    undelivered = {
        mail.mail_id: await sources.troubles.undelivered(
            mail.programme_id or "", mail.details.since, mail.details.until, MOST_LISTED
        )
        for mail in mails
        if isinstance(mail.details, Span)
    }
    named = {one.person_id for found in undelivered.values() for one in found.mails}
    named |= facts.person_ids
    cards = await sources.cards.find(named | _people(mails, programmes.values(), targets.values(), schools.values()))
    recipients = {mail.person_id for mail in mails}
    visits = [target.target_id for target in targets.values() if target.kind == "visit"]
    reminded = {key for mail in mails for key in reminder_keys(mail)}
    return Snapshot(
        programmes, schools, targets, groups, cards, Seals(await sources.seal_key.get()), now,
        finished=await sources.completions.find(reminded | set(map(completions.brief, visits))),
        held_addresses=await sources.suppressions.among(cards[one].email.lower() for one in recipients if one in cards),
        essential_only=await sources.preferences.essential_only(recipients),
        undelivered=undelivered,
        worklists=await worklists(sources.replies, mails),
        facts=facts,
        packs=await packs(sources.facts.entries, programmes, targets.values()),
        plain_entries=await sources.entries.plain(targets, recipients) if targets else set(),
    )  # fmt: skip


def _schools(programme_id: str, mails: Iterable[Mail], targets: Iterable[Target], groups: Iterable[Group]) -> set[str]:
    found = {mail.school_id for mail in mails if mail.programme_id == programme_id}
    found |= {mail.refs.get("school") for mail in mails if mail.programme_id == programme_id}
    for target in targets:
        if target.programme_id == programme_id:
            found |= {target.host_school_id}
            found |= {attendee.school_id for attendee in target.attendees} if target.kind == "visit" else set()
    for group in groups:
        if group.programme_id == programme_id:
            found |= set(group.school_ids)
    return {school_id for school_id in found if school_id}


def _people(
    mails: Iterable[Mail], programmes: Iterable[Programme], targets: Iterable[Target], schools: Iterable[School]
) -> set[str]:
    found = {mail.person_id for mail in mails} | {programme.coordinator_id for programme in programmes}
    found |= {mail.refs[name] for mail in mails for name in ("person", "writer", "left") if name in mail.refs}
    for mail in mails:
        found |= set(mail.refs.get("people", "").split())
    for target in targets:
        if target.kind == "visit" or len(target.attendees) <= FEW:
            found |= {person.person_id for person in invited(target)} | stood_in_for(target)
    for school in schools:
        found |= {member.person_id for member in school.people}
    return found
