"""The ports in memory, for rules that need no database. The MongoDB stores pass the same tests."""

import datetime as dt
from collections.abc import Iterable, Sequence

from services.notifications.domain.directory import Card, Group, LastReply, Member, Programme, ProgrammeRole, School
from services.notifications.domain.mail import Mail
from services.notifications.domain.states import WAITING
from services.notifications.domain.targets import Target
from shared.commands.scheduling import BriefText
from shared.commands.scheduling_dates import AgreementDetail
from shared.errors import Retryable
from shared.events.people import Role


class MemoryBook:
    def __init__(self) -> None:
        self.people: dict[str, Card] = {}
        self.all_programmes: dict[str, Programme] = {}
        self.enrolments: dict[str, School] = {}
        self.leads: set[tuple[str, str]] = set()
        self.all_groups: dict[str, Group] = {}
        self.all_targets: dict[str, Target] = {}
        self.finished: dict[str, int] = {}
        self.replies: dict[tuple[str, str], LastReply] = {}
        self.counts: dict[str, int] = {}

    async def put_card(self, card: Card) -> None:
        if card.person_id not in self.people or self.people[card.person_id].version < card.version:
            self.people[card.person_id] = card

    async def forget(self, person_id: str) -> None:
        self.people.pop(person_id, None)

    async def cards(self, person_ids: Iterable[str]) -> dict[str, Card]:
        return {one: self.people[one] for one in person_ids if one in self.people}

    async def people_at(self, address: str) -> list[str]:
        return [one.person_id for one in self.people.values() if one.email.lower() == address.lower()]

    async def put_programme(self, programme: Programme) -> None:
        self.all_programmes[programme.programme_id] = programme

    async def programmes(self, programme_ids: Iterable[str]) -> dict[str, Programme]:
        return {one: self.all_programmes[one] for one in programme_ids if one in self.all_programmes}

    async def put_school(self, school: School) -> None:
        there = self.enrolments.get(school.enrolment_id)
        if there is None or there.version < school.version:
            self.enrolments[school.enrolment_id] = school

    async def withdraw(self, enrolment_id: str, version: int) -> None:
        there = self.enrolments[enrolment_id]
        self.enrolments[enrolment_id] = there.model_copy(update={"withdrawn": True, "version": version})

    async def replace_person(self, enrolment_id: str, version: int, role: Role, replaced_by: str) -> None:
        there = self.enrolments[enrolment_id]
        others = [one for one in there.people if one.role != role]
        people = (*others, Member(person_id=replaced_by, role=role))
        self.enrolments[enrolment_id] = there.model_copy(update={"people": people, "version": version})

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        wanted = None if school_ids is None else set(school_ids)
        return [
            one
            for one in self.enrolments.values()
            if one.programme_id == programme_id and (wanted is None or one.school_id in wanted)
        ]

    async def put_facilitator(self, programme_id: str, person_id: str) -> None:
        self.leads.add((programme_id, person_id))

    async def facilitators(self, programme_id: str) -> list[str]:
        return [person_id for one, person_id in sorted(self.leads) if one == programme_id]

    async def parts(self, person_ids: Iterable[str]) -> list[ProgrammeRole]:
        at_schools = [
            ProgrammeRole(
                programme_id=one.programme_id, person_id=each.person_id, role=each.role, school_id=one.school_id
            )
            for one in self.enrolments.values()
            if not one.withdrawn
            for each in one.people
        ]
        leads = [
            ProgrammeRole(programme_id=one, person_id=each, role="facilitator") for one, each in sorted(self.leads)
        ]
        runs = [
            ProgrammeRole(programme_id=one.programme_id, person_id=one.coordinator_id, role="coordinator")
            for one in self.all_programmes.values()
        ]
        return [part for part in (*at_schools, *leads, *runs) if part.person_id in set(person_ids)]

    async def put_group(self, group: Group) -> None:
        self.all_groups[group.group_id] = group

    async def groups(self, group_ids: Iterable[str]) -> dict[str, Group]:
        return {one: self.all_groups[one] for one in group_ids if one in self.all_groups}

    async def put_target(self, target: Target) -> None:
        self.all_targets[target.target_id] = target

    async def targets(self, target_ids: Iterable[str]) -> dict[str, Target]:
        return {one: self.all_targets[one] for one in target_ids if one in self.all_targets}

    async def put_done(self, key: str, sequence: int = 0) -> None:
        self.finished[key] = max(sequence, self.finished.get(key, sequence))

    async def done(self, keys: Iterable[str]) -> dict[str, int]:
        return {one: self.finished[one] for one in keys if one in self.finished}

    async def last_reply(self, target_id: str, person_id: str) -> LastReply | None:
        return self.replies.get((target_id, person_id))

    async def put_reply(self, target_id: str, person_id: str, reply: LastReply) -> int:
        self.replies[target_id, person_id] = reply
        self.counts[target_id] = self.counts.get(target_id, 0) + 1
        return self.counts[target_id]


class MemoryQueue:
    """Only what handlers use."""

    def __init__(self) -> None:
        self.mails: dict[str, Mail] = {}

    async def add(self, mails: Sequence[Mail]) -> None:
        for mail in mails:
            self.mails.setdefault(mail.mail_id, mail)

    async def supersede(
        self, target_id: str, person_ids: Sequence[str], except_ids: Sequence[str], now: dt.datetime
    ) -> int:
        older = [
            one
            for one in self.mails.values()
            if one.target_id == target_id
            and one.person_id in person_ids
            and one.mail_id not in except_ids
            and one.method is not None
            and one.state in WAITING
        ]
        for one in older:
            self.mails[one.mail_id] = one.model_copy(update={"state": "suppressed"})
        return len(older)

    def take(self) -> list[Mail]:
        """What has been queued since the last look."""
        found = list(self.mails.values())
        self.mails = {}
        return found


class MemoryControls:
    def __init__(self) -> None:
        self.held: set[str] = set()
        self.less: set[str] = set()
        self.rows: dict[str, tuple[dt.datetime, str, str]] = {}
        self.is_paused = False

    async def paused(self) -> bool:
        return self.is_paused

    async def pause(self, paused: bool) -> None:
        self.is_paused = paused

    async def suppress(self, address: str, mail_id: str, now: dt.datetime) -> None:
        self.held.add(address.lower())

    async def lift(self, addresses: Iterable[str]) -> None:
        self.held -= {one.lower() for one in addresses}

    async def suppressed(self, addresses: Iterable[str]) -> set[str]:
        return self.held & {one.lower() for one in addresses}

    async def wish(self, person_id: str, *, essential_only: bool) -> None:
        (self.less.add if essential_only else self.less.discard)(person_id)

    async def essential_only(self, person_ids: Iterable[str]) -> set[str]:
        return self.less & set(person_ids)

    async def triage(self, key: str, why: str, *, subject: str, sender: str, now: dt.datetime, content: bytes) -> None:
        self.rows.setdefault(key, (now, why, subject))

    async def triaged(self) -> list[tuple[dt.datetime, str, str]]:
        return sorted(self.rows.values(), reverse=True)

    async def forget(self, person_id: str, address: str) -> None:
        self.less.discard(person_id)


class FixedAsks:
    """Answers as told to; raises Retryable when it knows nothing."""

    def __init__(self, brief: BriefText | None = None, pdf: bytes | None = None) -> None:
        self.text = brief
        self.pdf = pdf
        self.detail: AgreementDetail | None = None
        self.silent = False

    async def brief(self, visit_id: str) -> BriefText | None:
        if self.silent:
            raise Retryable("Nobody answered.")
        return self.text

    async def agreement(self, agreement_id: str) -> AgreementDetail | None:
        if self.silent:
            raise Retryable("Nobody answered.")
        return self.detail

    async def report_pdf(self, report_id: str, edition: int, at_most: int) -> bytes | None:
        if self.silent:
            raise Retryable("Nobody answered.")
        return self.pdf if self.pdf is None or len(self.pdf) <= at_most else None
