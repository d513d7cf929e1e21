"""What the services answer to the console: drafts to publish, replies that wait, mails that failed."""

import datetime as dt
from typing import Any

from shared.commands.matching import (
    CohortDetail,
    CohortRow,
    CohortRows,
    GroupRow,
    MovedSchool,
    WaitingRow,
    WhatIfDetail,
)
from shared.commands.notifications import ListMails, MailDetail, MailRow, MailRows
from shared.commands.notifications_replies import ListReplies, ReplyDetail, ReplyRow, ReplyRows, ShowReply
from shared.commands.participation import ParticipationRow, ParticipationRows
from shared.commands.programmes import ImportReport, ImportStatus, ProblemRow, ProblemRows
from shared.commands.programmes_queries import (
    EnrolmentRow,
    EnrolmentRows,
    FileReply,
    ListEnrolments,
    ListProgrammes,
    NamedPeople,
    NamedPerson,
    NamePeople,
    PersonRow,
    ProgrammeRow,
    ProgrammeRows,
    TemplateRow,
    Templates,
)
from shared.commands.scheduling import CalendarDetail, ListVisits, ShowCalendar, VisitDetail, VisitRows
from shared.commands.tasks import ListTasks, TaskRow, TaskRows
from shared.errors import Rejected
from shared.events.programmes import SchoolFacts
from shared.events.scheduling import Clash
from tests.unit.portal.world import COHORT, GROUP, NOW, PEOPLE, PROGRAMME, SCHOOLS, VISIT, World

OPEN, IMPORT = "prg-2", "imp-1"
REPLY, MAIL, TASK = "a" * 64, "mai-" + "1" * 32, "tsk-1"
NAMES = tuple(name for name, *_ in SCHOOLS.values())


def filled(world: World, state: str = "draft") -> World:
    """Let the services answer; `state`: of the groups."""
    cohort = CohortRow(
        cohort_id=COHORT, programme_id=PROGRAMME, revision=3, state=state, groups=1, schools=5, waiting=1, score=0.6
    )  # fmt: skip
    world.owners.finds |= {
        "ListProgrammes": _programmes, "ListCohorts": lambda query: _cohorts(cohort, query.programme_id),
        "ShowCohort": _cohort(cohort), "ListMails": _mails, "ShowMail": _mail(), "ListReplies": _replies,
        "ShowReply": _reply, "ListTasks": _tasks, "ShowCalendar": _calendar, "NamePeople": _named,
        "ListEnrolments": _enrolments, "ListTemplates": _templates(), "WhatIf": _what_if(),
        "ListParticipation": _parts(),
        "ImportStatus": _import, "ListProblemRows": _problem_rows(), "EnrolmentForm": _form(),
        "ListVisits": lambda query: _visits(world, query),
    }  # fmt: skip
    return world


def _parts() -> ParticipationRows:
    row = ParticipationRow(
        urn=107000, school_id="sch-a", school=NAMES[0], enrolled=True, answer="maybe", reason="Soon."
    )
    return ParticipationRows(rows=(row,), total=1, known=1)


def _programmes(query: ListProgrammes) -> ProgrammeRows:
    rows = (
        _programme(PROGRAMME, "Yorkshire peer visits 2026/27", "closed", 24),
        _programme(OPEN, "Exchange of projects 2026/27", "enrolling", 7),
    )
    return ProgrammeRows(programmes=tuple(row for row in rows if query.name in {"", row.programme_id, row.name}))


def _programme(programme_id: str, name: str, state: Any, enrolled: int) -> ProgrammeRow:
    return ProgrammeRow(
        programme_id=programme_id, name=name, year=2026, template="peer-visits", template_version=1, state=state,
        enrolled=enrolled, coordinator_id="per-coo",
    )  # fmt: skip


def _cohorts(cohort: CohortRow, programme_id: str) -> CohortRows:
    return CohortRows(cohorts=(cohort,) if programme_id in {"", PROGRAMME} else ())


def _cohort(cohort: CohortRow) -> CohortDetail:
    group = GroupRow(
        group_id=GROUP, number=7, school_ids=tuple(SCHOOLS), urns=(107000, 107001, 107002, 107003), names=NAMES,
        score=0.6, parts={}, reasons=("each school gets help with its first need", "the farthest are 61 km apart"),
        authorities=("Sheffield", "Leeds", "Bradford", "Hull"),
    )  # fmt: skip
    waiting = WaitingRow(
        school_id="sch-e", urn=107004, name="Moor End Primary School", rule="travel",
        sentence="No school within 20 km teaches what it needs; with 35 km it would have a group.",
    )  # fmt: skip
    return CohortDetail(
        cohort=cohort, groups=(group,), groups_total=1, waiting=(waiting,), parts={}, minimum=0.5, p5=0.5, seed=1,
        engine="x", seconds=1.0,
    )  # fmt: skip


def _row(**changes: Any) -> MailRow:
    facts: dict[str, Any] = {
        "mail_id": MAIL, "person_id": "per-b-head", "to": "head@st-oswald.example", "template": "visit-invitation",
        "template_version": "1", "subject": "Please answer: visit day at Hollins Primary School", "state": "bounced",
        "attempts": 1, "message_id": "<a@b>", "queued_at": NOW, "changed_at": NOW, "target_id": VISIT,
        "programme_id": PROGRAMME, "detail": "550 5.1.1 No such user", "fault": "recipient", "permanent": True,
    }  # fmt: skip
    return MailRow.model_validate({**facts, **changes})


def _mails(query: ListMails) -> MailRows:
    rows = [_row(), *(_row(mail_id=f"mai-{n:032}", state="accepted", fault="", detail="") for n in range(2, 120))]
    chosen = [row for row in rows if query.state in {None, row.state}]
    by_state = {"bounced": 1, "accepted": 118}
    shown = tuple(chosen[query.offset : query.offset + query.limit])
    return MailRows(
        total=len(chosen), mails=shown, by_state=by_state, by_template={"visit-invitation": 119}, paused=False, held=3
    )  # fmt: skip


def _mail() -> MailDetail:
    text = "Dear Siobhán\n\nYou are invited to Hollins Primary School.\n\nhttps://kindred.example/l/(link)"
    return MailDetail(mail=_row(), text=text, html="", timeline=("2027-04-12 08:00:00 queued", "… bounced"))


def _reply_row() -> ReplyRow:
    return ReplyRow(
        reply_id=REPLY, received_at=NOW, sender="s.oneill@gmail.example", subject="Accepted: Visit day",
        why="The answer came from an address that is not known.", state="waiting", target_id=VISIT,
        visit="Hollins Primary School", on=dt.date(2027, 5, 13), person_id="per-b-head", person="Siobhán O\u2019Neill",
        answer="accepted", words="I can come, but only until noon. Where do I park?",
    )  # fmt: skip


def _replies(query: ListReplies) -> ReplyRows:
    rows = (_reply_row(),) if query.state == "waiting" else ()
    return ReplyRows(rows=rows[query.offset : query.offset + query.limit], total=len(rows))


def _reply(query: ShowReply) -> ReplyDetail:
    if query.reply_id != REPLY:
        raise Rejected("unknown-reply", "There is no such message.")
    return ReplyDetail(
        reply=_reply_row(), text="I can come, but only until noon.\nWhere do I park?", answer="accepted",
        target_id=VISIT, address="s.oneill@gmail.example",
    )  # fmt: skip


def _named(query: NamePeople) -> NamedPeople:
    known = [one for one in query.person_ids if one in PEOPLE]
    people = (NamedPerson(person_id=one, name=PEOPLE[one], schools=_schools_of(one)) for one in known)
    return NamedPeople(people=tuple(people))


def _schools_of(person_id: str) -> tuple[str, ...]:
    """The school of `per-a-head` is the first one."""
    letter = person_id.split("-")[1]
    return (NAMES["abcd".index(letter)],) if letter in set("abcd") else ()


def _tasks(query: ListTasks) -> TaskRows:
    task = TaskRow(
        task_id=TASK, programme_id=PROGRAMME, programme="", task="findings", title="Write your findings", do="form",
        of="findings", person_ids=("per-a-head",), about="school", about_id="sch-a", school_id="sch-a", state="missed",
        opened=dt.date(2027, 3, 1), due=dt.date(2027, 4, 1), reminded=2,
    )  # fmt: skip
    fits = query.state in {None, "missed"} and query.programme_id in {"", PROGRAMME}
    return TaskRows(total=int(fits), owed=int(fits), tasks=(task,) if fits else ())


def _calendar(query: ShowCalendar) -> CalendarDetail:
    if query.cohort_id != COHORT:
        raise Rejected("unknown-cohort", "There is no such cohort.")
    return CalendarDetail(
        cohort_id=COHORT, programme_id=PROGRAMME, revision=2, state="draft", visits=2, events=0,
        calendars=("Sheffield: as published",),
        blocking=(Clash(rule="no-common-day", sentence="Group 7 has no day on which both leaders can come."),),
    )  # fmt: skip


def _visits(world: World, query: ListVisits) -> VisitRows:
    visit = world.visit_of(VISIT, dt.date(2027, 5, 13), "sch-a")
    why = ("The first day on which all can come.",)
    shown = VisitDetail.model_validate({"visit": visit.model_dump(), "state": "draft", "version": 1, "why": why})
    return VisitRows(total=1, visits=(shown,) if query.offset == 0 else ())


def _enrolments(query: ListEnrolments) -> EnrolmentRows:
    facts = SchoolFacts(
        school_id="sch-a", urn=107000, name=NAMES[0], phase="primary", authority_code="373", authority="Sheffield"
    )  # fmt: skip
    people = tuple(
        PersonRow(person_id=f"per-{n}", name=f"Person {n}", email=f"p{n}@example.org", role="headteacher")
        for n in range(5)
    )
    row = EnrolmentRow(
        enrolment_id="enr-1", state="enrolled", version=1, school=facts, people=people, strengths=(), needs=()
    )  # fmt: skip
    fits = query.urn in {None, 107000}
    return EnrolmentRows(total=24 if fits else 0, enrolments=(row,) if fits else ())


def _templates() -> Templates:
    rows = (
        TemplateRow(key="visits", version=1, title="Peer visits", summary="Groups of schools visit each other."),
        TemplateRow(key="projects", version=1, title="Exchange of projects", summary="People work elsewhere."),
    )
    return Templates(templates=(), rows=rows)


def _what_if() -> WhatIfDetail:
    moved = MovedSchool(school_id="sch-a", urn=107000, name=NAMES[0], from_group=7, to_group=3)
    return WhatIfDetail(difference=-0.02, moves=(moved,), sentence="The cohort would lose 0.02; one school would move.")


def _import(query: ImportStatus) -> ImportReport:
    if query.import_id != IMPORT:
        raise Rejected("unknown-import", "There is no such import.")
    return ImportReport(
        import_id=IMPORT, state="done", check=True, rows_done=60, rows_total=60, added=55, rejected=5,
        programme_id=PROGRAMME,
    )  # fmt: skip


def _problem_rows() -> ProblemRows:
    reasons = ("URN: The URN 999999 is in no register.", "The headteacher has no e-mail address.")
    row = ProblemRow(line=7, row_is="left out", reasons=reasons, cells=("999999", "=cmd", ""))
    return ProblemRows(header=("URN", "School", "Head"), columns=("URN", "", ""), total=1, rows=(row,))


def _form() -> FileReply:
    return FileReply(filename="x.xlsx", media_type="application/vnd.ms-excel", content=b"PK")
