"""All stores together, as `app.build` hands them to the handlers that use them."""

from dataclasses import dataclass

from services.reporting.ports.audit import Audit
from services.reporting.ports.counting import Polls, SharedLinks, Sheets
from services.reporting.ports.entries import EngineProgrammes, Entries, Pairs, Placements
from services.reporting.ports.erasure import Erasure
from services.reporting.ports.facts import Groups, Meetings, Members, Programmes
from services.reporting.ports.forms import Actions, Appraisals, FindingsForms, SurveyAnswers, TakeHomes
from services.reporting.ports.impact import Releases
from services.reporting.ports.reports import Files, Reports
from shared.roster import Roster

__all__ = ["Stores"]


@dataclass(frozen=True)
class Stores:
    """One store a port: MongoDB in the service, in memory in tests of handlers."""

    programmes: Programmes
    members: Members
    groups: Groups
    meetings: Meetings
    appraisals: Appraisals
    take_homes: TakeHomes
    survey_answers: SurveyAnswers
    findings: FindingsForms
    actions: Actions
    releases: Releases
    reports: Reports
    files: Files
    erasure: Erasure
    engine_programmes: EngineProgrammes
    entries: Entries
    sheets: Sheets
    shared_links: SharedLinks
    polls: Polls
    placements: Placements
    pairs: Pairs
    roster: Roster
    audit: Audit
