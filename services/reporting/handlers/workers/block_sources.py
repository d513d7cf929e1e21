"""Loads everything that a report of blocks is made from."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme, Entry, SubmittedVersion
from services.reporting.domain.entries.searching import Wanted
from services.reporting.domain.entries.subjects import Placement
from services.reporting.domain.entries.titles import title
from services.reporting.domain.facts import Meeting, Member
from services.reporting.domain.records import ReportRecord
from services.reporting.domain.reports.material import Material, TakenUp
from services.reporting.domain.reports.model import SchoolLine
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.earlier_years import EarlierYears
from services.reporting.handlers.related import Related
from services.reporting.handlers.sheets import CountedSheets, counted_forms
from services.reporting.ports.duties import Duties
from services.reporting.ports.outcomes import Inspections
from services.reporting.ports.stores import Stores
from shared.commands.duties import DutySums
from shared.errors import NotYet
from shared.events.reports import ReportRequested
from shared.roster import category_on
from shared.template import Form
from shared.template.answers import choices, levelled
from shared.template.blocks import DUTY_BLOCKS, OUTCOMES
from shared.template.counting import is_counted
from shared.template.naming import named_roles
from shared.template.reports import Report

__all__ = ["BlockSources"]

TAKE_UP = "take-up"
LEDGER = "ledger"
AT_A_TIME = 200


class BlockSources:
    """Material for one report at a time."""

    def __init__(
        self,
        stores: Stores,
        contexts: Contexts,
        related: Related,
        *,
        sheets: CountedSheets,
        duties: Duties,
        inspections: Inspections,
    ) -> None:
        self._stores = stores
        self._contexts = contexts
        self._related = related
        self._sheets = sheets
        self._duties, self._inspections = duties, inspections
        self._earlier = EarlierYears(stores)

    async def material(self, event: ReportRequested) -> Material:
        """Return what the report is made from as it stands now. Raises NotYet."""
        programme, subject, report, record = await self._wanted(event)
        forms, counted = self._forms(programme, report), counted_forms(programme, report)
        sheets = {one.key: await self._sheets.of(programme, one, event.about, subject) for one in counted}
        today = programme.local_day(record.changed_at)
        asked = [await self._sheets.asked(programme, one, sheets[one.key], today) for one in counted]
        entries = {one.key: await self._related.entries(programme, one, event.about, subject) for one in forms}
        placements = await self._related.placements(programme, event.about, subject)
        meetings = await self._related.meetings(programme, event.about, subject, placements)
        every = [entry for found in entries.values() for entry in found]
        placed_at = await self._placed_at(programme, every)
        taken_up = await self._taken_up(programme, report)
        helped = await self._helped(programme, report, entries)
        named = {*_schools(subject, placements, meetings), *placed_at.values(), *_taking(taken_up), *_helping(helped)}
        members = await self._members(programme, named)
        material = Material(
            programme=programme, report=report, report_id=event.report_id, edition=event.edition,
            subject=subject, about_id=event.about_id, today=today,
            school=self._school(members, subject, event.about),
            entries=entries,
            sheets=sheets,
            asked={sheet: groups for each in asked for sheet, groups in each.items()},
            options=self._options(programme, [*forms, *counted]),
            sources=await self._sources(programme, every),
            meetings=meetings,
            placements=placements,
            schools={school_id: member.name for school_id, member in members.items()},
            placed_at=placed_at,
            taken_up=taken_up,
            helped=helped,
            name=await self._name(programme, subject, report),
            last_year=await self._earlier.before(programme, report),
        )  # fmt: skip
        return await self._with_outcomes(await self._with_duties(material))

    async def _wanted(self, event: ReportRequested) -> tuple[EngineProgramme, Subject, Report, ReportRecord]:
        """What is asked for, and what it is about. Raises NotYet while something of it is not known."""
        programme = await self._stores.engine_programmes.get(event.programme_id)
        subject = await self._contexts.subject(programme, event.about, event.about_id) if programme else None
        report = self._report(programme, event.report) if programme else None
        record = await self._stores.reports.get(event.report_id)
        if programme is None or subject is None or report is None or record is None:
            raise NotYet(f"What the report {event.report_id} is about is not known yet.")
        today = programme.local_day(record.changed_at)
        return programme, subject, await self._on_route(programme, subject, report, today), record

    async def _on_route(self, programme: EngineProgramme, subject: Subject, report: Report, on: dt.date) -> Report:
        """The report with the blocks that stand in it for schools of this one's category on that day."""
        if not any(block.only for block in report.blocks):
            return report
        school, template = subject.situation.school_id, programme.template
        known = await self._stores.roster.school_standings(programme.programme_id)
        category = category_on(next((one for one in known if one.school_id == school), None), on, template)
        blocks = tuple(block for block in report.blocks if not block.only or category in block.only)
        return report.model_copy(update={"blocks": blocks})

    async def _taken_up(self, programme: EngineProgramme, report: Report) -> dict[str, list[TakenUp]]:
        """Form in which schools say what becomes of an entry -> those entries with what was said of each."""
        found = dict[str, list[TakenUp]]()
        for key in {block.form for block in report.blocks if block.kind == TAKE_UP}:
            form = programme.template.form(key or "")
            if form is not None:
                wanted = Wanted(
                    programme_id=programme.programme_id,
                    form=form.about,
                    states=("agreed", "released", "withdrawn"),
                )
                entries = await self._every(wanted)
                said = {one.entry_id: await self._said(programme, form, one) for one in entries}
                out = [TakenUp(entry=one, said=said[one.entry_id]) for one in entries if one.submitted]
                found[form.key] = sorted(out, key=lambda one: (one.entry.changed_at, one.entry.entry_id))
        return found

    async def _said(
        self, programme: EngineProgramme, form: Form, entry: Entry
    ) -> list[tuple[str, list[SubmittedVersion]]]:
        """The schools that have said something of an entry, each with all of it."""
        wanted = Wanted(programme_id=programme.programme_id, form=form.key, about_id=entry.entry_id)
        found = []
        for one in await self._every(wanted):
            versions = await self._stores.entries.versions(one.entry_id)
            if versions and (school := await self._school_of(programme, one)):
                found.append((school, versions))
        return sorted(found, key=lambda one: one[0])

    async def _helped(
        self, programme: EngineProgramme, report: Report, entries: Mapping[str, Sequence[Entry]]
    ) -> dict[str, list[tuple[str, str]]]:
        """Answered form -> giving and receiving school of each line that was answered as its ledger counts it."""
        found = dict[str, list[tuple[str, str]]]()
        for block in report.blocks:
            if block.kind != LEDGER or not block.form:
                continue
            pairs = found.setdefault(block.form, [])
            for entry in entries.get(block.form, ()):
                times = sum(line.outcome in block.counts for line in entry.answered.values())
                about = await self._contexts.subject(programme, entry.about, entry.about_id) if times else None
                giver, taker = await self._school_of(programme, entry), about.situation.host_school_id if about else ""
                if giver and taker:
                    pairs += [(giver, taker)] * times
        return found

    async def _school_of(self, programme: EngineProgramme, entry: Entry) -> str:
        """The school for which whoever wrote an entry has a role."""
        for author in entry.author_ids:
            for held in await self._stores.roster.of_person(programme.programme_id, author):
                if held.school_id:
                    return held.school_id
        return ""

    async def _every(self, wanted: Wanted) -> list[Entry]:
        found: list[Entry] = []
        while True:
            total, page = await self._stores.entries.search(wanted, limit=AT_A_TIME, offset=len(found))
            found += page
            if not page or len(found) >= total:
                return found

    def _report(self, programme: EngineProgramme, key: str) -> Report | None:
        return next((one for one in programme.template.reports if one.key == key), None)

    def _forms(self, programme: EngineProgramme, report: Report) -> list[Form]:
        """The forms that fill its blocks; a record also names what its person wrote and others agreed to."""
        keys = {block.form for block in report.blocks if block.form}
        if any(block.kind == "certificate" for block in report.blocks):
            keys |= {form.key for form in programme.template.forms if form.sign_off}
        return [form for form in programme.template.forms if form.key in keys and not is_counted(form)]

    async def _members(self, programme: EngineProgramme, schools: Iterable[str | None]) -> dict[str, Member]:
        wanted = sorted({school for school in schools if school})
        return await self._stores.members.of_schools(programme.programme_id, wanted)

    def _school(self, members: dict[str, Member], subject: Subject, about: str) -> SchoolLine | None:
        """The school that it is about: of somebody's record their own, else the one that hosts."""
        situation, own = subject.situation, about not in {"match", "action"}
        order = (situation.school_id, situation.host_school_id)
        found = next((members[one] for one in (order if own else order[::-1]) if one in members), None)
        return SchoolLine(name=found.name, urn=found.urn, authority=found.authority) if found else None

    def _options(self, programme: EngineProgramme, forms: Sequence[Form]) -> dict[str, dict[str, str]]:
        """`form.field` -> what its keys mean; of levels both the things and the levels."""
        template, found = programme.template, dict[str, dict[str, str]]()
        for form in forms:
            for field in form.fields:
                words = dict(choices(field, template) or {})
                if field.kind == "level":
                    other, _, key = field.of.rpartition(".")
                    source = template.form(other) if other else form
                    asked = source.field(key) if source else None
                    words |= levelled(field, template) or (choices(asked, template) if asked else None) or {}
                found[f"{form.key}.{field.key}"] = words
        return found

    async def _sources(self, programme: EngineProgramme, entries: Sequence[Entry]) -> dict[str, str]:
        """What the notes are called that evidence is linked to."""
        ids = {
            row.get("source", "")
            for entry in entries
            if entry.submitted
            for answer in entry.submitted.answers.values()
            if isinstance(answer, tuple)
            for row in answer
            if isinstance(row, dict)
        }
        notes = [await self._stores.entries.get(one) for one in sorted(ids - {""})]
        forms = {form.key: form for form in programme.template.forms}
        return {
            note.entry_id: title(note, forms[note.form], programme.template)
            for note in notes
            if note and note.stands and note.form in forms
        }

    async def _placed_at(self, programme: EngineProgramme, entries: Sequence[Entry]) -> dict[str, str]:
        """Entry with an action plan -> the school that it is for."""
        found = {}
        for entry in entries:
            about = await self._contexts.subject(programme, entry.about, entry.about_id) if entry.plan else None
            if about is not None:
                found[entry.entry_id] = about.situation.host_school_id or about.situation.school_id or ""
        return found

    async def _with_duties(self, material: Material) -> Material:
        """The same with how duties stand, where a block counts them."""
        programme, report = material.programme, material.report
        if not any(block.kind in DUTY_BLOCKS for block in report.blocks):
            return material
        school_id = material.subject.situation.school_id if report.about == "school" else ""
        duties = await self._duties.of_term(programme.programme_id, school_id or "")
        return replace(material, duties=duties, roles=await self._roles(programme, duties))

    async def _with_outcomes(self, material: Material) -> Material:
        """The same with what inspections said, where a block shows it."""
        if not any(block.kind == OUTCOMES for block in material.report.blocks):
            return material
        return replace(material, outcomes=await self._inspections.of_programme(material.programme.programme_id))

    async def _roles(self, programme: EngineProgramme, counted: DutySums) -> dict[str, str]:
        """What people are whose duties are counted."""
        titles = {role.key: role.title or role.key.replace("-", " ") for role in programme.template.roles}
        people = sorted({one.person_id for one in counted.sums if one.person_id})
        found = {}
        for person in people:
            held = await self._stores.roster.of_person(programme.programme_id, person)
            found[person] = titles.get(held[-1].role, "somebody") if held else "somebody"
        return found

    async def _name(self, programme: EngineProgramme, subject: Subject, report: Report) -> str:
        """The name of the person whom a record is about, as an entry gives it that named them for a role."""
        person_id = subject.situation.person_id
        if not person_id or not any(block.kind == "certificate" for block in report.blocks):
            return ""
        for held in await self._stores.roster.of_person(programme.programme_id, person_id):
            entry = await self._stores.entries.get(held.entry_id) if held.entry_id else None
            form = programme.template.form(entry.form) if entry else None
            for key, role in (named_roles(form, programme.template) if form else {}).items():
                answer = entry.submitted.answers.get(key) if entry and entry.submitted else None
                if role == held.role and isinstance(answer, dict):
                    return answer.get("name", "")
        return ""


def _schools(subject: Subject, placements: Sequence[Placement], meetings: Sequence[Meeting]) -> set[str | None]:
    """The schools that it concerns: of the subject, of placements, and of where it took place."""
    about = subject.situation
    found = {about.school_id, about.host_school_id, *(one.host_school_id for one in meetings)}
    return found | {one for each in placements for one in (each.school_id, each.host_school_id)}


def _helping(helped: Mapping[str, Sequence[tuple[str, str]]]) -> set[str]:
    return {school for pairs in helped.values() for pair in pairs for school in pair}


def _taking(taken_up: Mapping[str, Sequence[TakenUp]]) -> Iterator[str | None]:
    """The schools that entries come from, and those that say something of them."""
    for one in (each for found in taken_up.values() for each in found):
        yield one.entry.school_id
        yield from (school for school, _ in one.said)
