"""A year in which much fails: mails come back, no dates fit, a draft is cancelled, no report and no cohort is made."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from kindred.demo.round import Round, local
from kindred.demo.visits import opening
from shared.commands import matching, notifications, programmes, reporting, scheduling
from shared.commands.base import Command
from shared.commands.matching import CohortDetail, CurveDetail, ShowCohort, ShowCurve
from shared.commands.notifications import ListMails, MailRows
from shared.commands.programmes_queries import EnrolmentRow
from shared.commands.reporting import ListReports, ReportRows
from shared.commands.scheduling import CalendarDetail, ShowCalendar
from shared.events.base import DateSpan
from tests.recorded.failing import FailingStack

SCHOOLS = 7


async def play(this: Round, stack: FailingStack) -> None:
    """Play all of it; every failure is met, and set right where the coordinator can."""
    await opening.play(this, SCHOOLS)
    await _calendars(this)
    await _by_hand(this)
    await _groups(this, stack)
    await _mails(this, stack)
    await _rematch(this)
    await _dates(this)
    await _report(this, stack)
    await _too_few(this)


async def _ask(this: Round, command: Command) -> Any:
    reply = await this.client.ask(command)
    await this.settle()
    return reply


def _first(this: Round) -> EnrolmentRow:
    return min(this.story.enrolments.values(), key=lambda row: row.school.urn)


async def _calendars(this: Round) -> None:
    """Term dates of an authority, examination windows and bank holidays, each by a file."""
    year, folder = this.story.first_year, this.target.folder
    terms = _file(folder / "terms.ics", _terms(year))
    code = _first(this).school.authority_code
    await this.coordinator.run("calendars", "import", str(terms), "--authority", code)
    tests = {"first": f"{year + 1}-05-08", "last": f"{year + 1}-05-11", "phases": ["primary"]}
    exams = _file(folder / "exams.json", json.dumps({"windows": [{"name": "Key stage 2 tests", **tests}]}))
    await this.coordinator.run("calendars", "import-exams", str(exams))
    days = ((f"{year}-12-27", "Boxing Day"), (f"{year + 1}-01-03", "New Year's Day"), (f"{year + 1}-05-01", "May Day"))
    events = [{"title": title, "date": on, "notes": "", "bunting": False} for on, title in days]
    national = {"england-and-wales": {"division": "england-and-wales", "events": events}}
    holidays = _file(folder / "bank-holidays.json", json.dumps(national))
    await this.coordinator.run("calendars", "import-bank-holidays", str(holidays))
    await this.settle()


def _terms(year: int) -> str:
    spans = (
        ("Autumn term", f"{year}0906", f"{year}1218"),
        ("Half-term holiday", f"{year}1023", f"{year}1101"),
        ("Spring term", f"{year + 1}0105", f"{year + 1}0401"),
        ("Half-term holiday", f"{year + 1}0212", f"{year + 1}0221"),
        ("Summer term", f"{year + 1}0417", f"{year + 1}0725"),
        ("Half-term holiday", f"{year + 1}0527", f"{year + 1}0605"),
    )
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Terms//EN"]
    for number, (title, first, end) in enumerate(spans):
        lines += ["BEGIN:VEVENT", f"UID:{number}@terms.example", f"DTSTAMP:{year}0901T000000Z", f"SUMMARY:{title}"]
        lines += [f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{end}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


async def _by_hand(this: Round) -> None:
    """A facilitator more; a school leaves and comes back with a headteacher who has one week in the whole year."""
    year, row = this.story.first_year, _first(this)
    await this.coordinator.run("facilitators", "add", "Ellis Nearby", "ellis.nearby@programme.example.org")
    place = {"programme_id": this.story.programme_id, "urn": row.school.urn}
    await _ask(this, programmes.WithdrawSchool(**place, reason="It is not sure yet."))
    away = (
        DateSpan(first=dt.date(year, 9, 1), last=dt.date(year + 1, 1, 14)),
        DateSpan(first=dt.date(year + 1, 1, 22), last=dt.date(year + 1, 7, 31)),
    )
    people = tuple(
        programmes.PersonDetails(
            role=one.role, name=one.name, email=one.email, dates_not_possible=away if one.role == "headteacher" else ()
        )
        for one in row.people
    )
    wishes = {"strengths": row.strengths, "needs": row.needs, "farthest_travel_km": row.farthest_travel_km}
    await _ask(this, programmes.EnrolSchool(**place, **wishes, people=people))
    await opening.remember_people(this)


async def _groups(this: Round, stack: FailingStack) -> None:
    """Groups are published while the relay refuses two addresses; no dates suit a group."""
    await this.until(local(dt.date(this.story.first_year, 9, 25), 16))
    await this.coordinator.run("programmes", "close")
    await this.settle()
    draft = await _cohort(this)
    stack.relay.refuses = {
        _address(this, "clerk"): "550 5.7.1 Refused by policy",
        _address(this, "cpd-lead"): "550 5.1.1 No such mailbox",
    }
    await this.coordinator.run("cohorts", "publish", "--revision", str(draft.cohort.revision))
    await this.settle()
    this.story.cohort = await _cohort(this)
    planned = await _calendar(this)
    this.checks.true("no dates suit a group", bool(planned.blocking), planned.state)


def _address(this: Round, role: str) -> str:
    return next(person.email for person in _first(this).people if person.role == role)


async def _cohort(this: Round) -> CohortDetail:
    found: CohortDetail = await this.client.find(ShowCohort(programme_id=this.story.programme_id, limit=500))
    return found


async def _calendar(this: Round) -> CalendarDetail:
    assert this.story.cohort is not None
    found: CalendarDetail = await this.client.find(ShowCalendar(cohort_id=this.story.cohort.cohort.cohort_id))
    return found


async def _mails(this: Round, stack: FailingStack) -> None:
    """One mail failed, one bounced at the relay and one comes back later; all are sent again once that is mended."""
    await stack.relay.give_back(_address(this, "senior-leader"), "5.2.2")
    await this.settle()
    this.checks.equal("mails that did not arrive", await _states(this), {"failed": 1, "bounced": 2})
    stack.relay.refuses = {}
    await _ask(this, notifications.ResendFailed(programme_id=this.story.programme_id))
    this.checks.equal("mails that did not arrive after all", await _states(this), {})


async def _states(this: Round) -> dict[str, int]:
    found: MailRows = await this.client.find(ListMails(limit=1))
    return {state: count for state, count in found.by_state.items() if count and state != "accepted"}


async def _rematch(this: Round) -> None:
    """A re-match is cancelled while it runs; of another with a curve, a point is chosen and published."""
    place = {"programme_id": this.story.programme_id}
    await this.client.ask(matching.RematchCohort(**place))
    await _ask(this, matching.CancelMatching(**place))
    assert this.story.cohort is not None
    one, other = this.story.cohort.groups[0].urns[:2]
    await this.coordinator.run("cohorts", "part", str(one), str(other))
    await _ask(this, matching.RematchCohort(**place, curve=True))
    curve: CurveDetail = await this.client.find(ShowCurve(**place))
    point = curve.points[0].number
    await _ask(this, matching.ChooseRematch(**place, revision=curve.cohort.revision, point=point))
    chosen = (await _cohort(this)).cohort
    await _ask(this, matching.PublishCohort(cohort_id=chosen.cohort_id, revision=chosen.revision))
    this.story.cohort = await _cohort(this)
    together = [group for group in this.story.cohort.groups if {one, other} <= set(group.urns)]
    this.checks.equal("the two schools are apart", (this.story.cohort.cohort.state, together), ("published", []))


async def _dates(this: Round) -> None:
    """The headteacher without time is followed by another, and dates are found."""
    new = programmes.PersonDetails(role="headteacher", name="Robin Newcomer", email="robin.newcomer@new-head.example")
    place = {"programme_id": this.story.programme_id, "urn": _first(this).school.urn}
    await _ask(this, programmes.ReplacePerson(**place, person=new))
    cohort = (await _cohort(this)).cohort.cohort_id
    await _ask(this, scheduling.DraftCalendar(cohort_id=cohort))
    planned = await _calendar(this)
    this.checks.equal("dates suit every group now", planned.blocking, ())
    await _ask(this, scheduling.PublishVisits(cohort_id=cohort, revision=planned.revision))


async def _report(this: Round, stack: FailingStack) -> None:
    """The impact report is not made in the time it has; with more time it is."""
    cohort = (await _cohort(this)).cohort.cohort_id
    await _ask(this, reporting.CompileImpact(cohort_id=cohort))
    this.checks.equal("the report", await _reports(this), ["failed"])
    await stack.reports_have_time()
    await _ask(this, reporting.CompileImpact(cohort_id=cohort))
    this.checks.equal("the report, with more time", await _reports(this), ["compiled"])


async def _reports(this: Round) -> list[str]:
    found: ReportRows = await this.client.find(ListReports(kind="impact"))
    return [row.state for row in found.reports]


async def _too_few(this: Round) -> None:
    """Only two schools join another programme: no cohort can be formed."""
    opened = await _ask(
        this,
        programmes.OpenProgramme(
            template=opening.TEMPLATE, name="A second round", year=this.story.first_year,
            coordinator_name="Jo Second", coordinator_email="jo.second@programme.example.org",
        ),
    )  # fmt: skip
    for row in sorted(this.story.enrolments.values(), key=lambda row: row.school.urn)[1:3]:
        people = tuple(programmes.PersonDetails(role=one.role, name=one.name, email=one.email) for one in row.people)
        wishes = {"strengths": row.strengths, "needs": row.needs}
        await _ask(this, programmes.EnrolSchool(programme_id=opened.id, urn=row.school.urn, people=people, **wishes))
    await _ask(this, programmes.CloseEnrolment(programme_id=opened.id))
    found: CohortDetail = await this.client.find(ShowCohort(programme_id=opened.id))
    this.checks.equal("the second round's cohort", found.cohort.state, "failed")
