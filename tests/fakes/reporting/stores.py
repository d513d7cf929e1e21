"""All stores of reporting in memory; they pass the contract suite of contract.py as MongoDB does."""

from dataclasses import dataclass, field
from typing import Any

from services.reporting.ports.stores import Stores
from tests.fakes.reporting.audit import MemoryAudit
from tests.fakes.reporting.entries import (
    MemoryEngineProgrammes,
    MemoryEntries,
    MemoryPairs,
    MemoryPlacements,
    MemoryPolls,
    MemorySharedLinks,
    MemorySheets,
)
from tests.fakes.reporting.facts import MemoryGroups, MemoryMeetings, MemoryMembers, MemoryProgrammes
from tests.fakes.reporting.forms import (
    MemoryActions,
    MemoryAppraisals,
    MemoryFindings,
    MemorySurveyAnswers,
    MemoryTakeHomes,
)
from tests.fakes.reporting.reports import MemoryFiles, MemoryReleases, MemoryReports
from tests.fakes.roster import MemoryRoster


@dataclass
class Memory:
    """The rows of every store, for tests that look at them."""

    programmes: MemoryProgrammes = field(default_factory=MemoryProgrammes)
    members: MemoryMembers = field(default_factory=MemoryMembers)
    groups: MemoryGroups = field(default_factory=MemoryGroups)
    meetings: MemoryMeetings = field(default_factory=MemoryMeetings)
    appraisals: MemoryAppraisals = field(default_factory=MemoryAppraisals)
    take_homes: MemoryTakeHomes = field(default_factory=MemoryTakeHomes)
    survey_answers: MemorySurveyAnswers = field(default_factory=MemorySurveyAnswers)
    findings: MemoryFindings = field(default_factory=MemoryFindings)
    actions: MemoryActions = field(default_factory=MemoryActions)
    reports: MemoryReports = field(default_factory=MemoryReports)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    engine_programmes: MemoryEngineProgrammes = field(default_factory=MemoryEngineProgrammes)
    entries: MemoryEntries = field(default_factory=MemoryEntries)
    sheets: MemorySheets = field(default_factory=MemorySheets)
    shared_links: MemorySharedLinks = field(default_factory=MemorySharedLinks)
    polls: MemoryPolls = field(default_factory=MemoryPolls)
    placements: MemoryPlacements = field(default_factory=MemoryPlacements)
    pairs: MemoryPairs = field(default_factory=MemoryPairs)
    roster: MemoryRoster = field(default_factory=MemoryRoster)
    audit: MemoryAudit = field(default_factory=MemoryAudit)

    def __post_init__(self) -> None:
        self.releases = MemoryReleases(self.survey_answers)

    def stores(self) -> Stores:
        """The same behind the ports."""
        return Stores(
            programmes=self.programmes, members=self.members, groups=self.groups, meetings=self.meetings,
            appraisals=self.appraisals, take_homes=self.take_homes, survey_answers=self.survey_answers,
            findings=self.findings, actions=self.actions, releases=self.releases, reports=self.reports,
            files=self.files, erasure=self, engine_programmes=self.engine_programmes, entries=self.entries,
            placements=self.placements, sheets=self.sheets, shared_links=self.shared_links,
            pairs=self.pairs, polls=self.polls,
            roster=self.roster, audit=self.audit,
        )  # fmt: skip

    async def forget(self, person_id: str) -> None:
        """The port `Erasure`."""
        for key, meeting in self.meetings.rows.items():
            left: dict[str, Any] = {
                part: tuple(one for one in getattr(meeting, part) if one.person_id != person_id)
                for part in ("invited", "present")
            }
            facilitator = None if meeting.facilitator_id == person_id else meeting.facilitator_id
            left["caught_up"] = tuple(one for one in meeting.caught_up if one != person_id)
            self.meetings.rows[key] = meeting.model_copy(update={**left, "facilitator_id": facilitator})
        for key, member in self.members.rows.items():
            people = {role: person for role, person in member.people.items() if person != person_id}
            self.members.rows[key] = member.model_copy(update={"people": people})
        notes = self.take_homes.rows
        self.take_homes.rows = {key: note for key, note in notes.items() if note.person_id != person_id}
        signed: list[dict[Any, Any]] = [self.appraisals.rows, self.findings.rows, self.findings.versions]
        for rows in (self.survey_answers.rows, *signed):
            for key, record in rows.items():
                if record.person_id == person_id:
                    nobody = record.response_id if rows is self.survey_answers.rows else ""
                    rows[key] = record.model_copy(update={"person_id": nobody})
        self.entries.forget(person_id, self.roster.memberships.values(), self.engine_programmes.rows)
        await self.roster.forget(person_id)
