"""A programme template with the forms and reports of peer visits, small."""

import datetime as dt

from shared.events.template import (
    Activity,
    EnrolmentRules,
    FormField,
    FormSpec,
    MatchingRules,
    MonthDay,
    ProgrammeTemplate,
    ReportSpec,
    Topic,
    Window,
)

PAIR = ("headteacher", "senior-leader")
_YEAR = Window(first=MonthDay(month=9, day=1), last=MonthDay(month=7, day=20))
_SURVEY = (
    FormField(key="plan_to_use", label="I plan to use something from today in my own school", kind="agreement"),
    FormField(key="want_to_share", label="I saw something I want to share with other leaders", kind="agreement"),
)
_BRIEF = (FormField(key="practice", label="Which practice should your visitors explore?", hint="What you do."),)
_TAKE_HOME = (
    FormField(key="learnt", label="What did you learn today?"),
    FormField(key="will_use", label="What will you use in your own school?", longest=300),
)

TEMPLATE = ProgrammeTemplate(
    key="peer-visits",
    version=1,
    title="Peer visits",
    summary="Schools learn from each other.",
    enrolment=EnrolmentRules(
        opens=MonthDay(month=6, day=1),
        closes=MonthDay(month=9, day=20),
        people=(*PAIR, "cpd-lead", "chair-of-governors", "clerk"),
        pair=PAIR,
        topics=tuple(
            Topic(key=key, title=key.replace("-", " ").capitalize())
            for key in ("feedback", "homework", "wellbeing", "most-able")
        ),
    ),
    matching=MatchingRules(),
    activities=(
        Activity(
            key="visit",
            kind="visit",
            title="Visit day",
            window=_YEAR,
            starts=dt.time(9),
            ends=dt.time(15, 30),
            attendees=PAIR,
        ),
    ),
    forms=(
        FormSpec(key="visit-brief", title="Visit brief", by=(*PAIR, "cpd-lead"), fields=_BRIEF),
        FormSpec(key="attendance", title="Who came", by=("facilitator",)),
        FormSpec(key="appraisal", title="Appraisal of the visit", by=("facilitator",)),
        FormSpec(key="take-home", title="What you take home", by=PAIR, fields=_TAKE_HOME),
        FormSpec(key="survey", title="Two questions about today", by=PAIR, fields=_SURVEY),
        FormSpec(key="findings", title="Findings and action plan", by=PAIR),
    ),
    reports=(
        ReportSpec(
            key="action-plan",
            title="Findings and action plan",
            after="findings",
            to=("headteacher", "cpd-lead", "chair-of-governors", "clerk"),
        ),
        ReportSpec(key="impact", title="Impact", after="coordinator", to=("coordinator",)),
    ),
    mails=(),
    findings_asked=MonthDay(month=6, day=14),
    findings_due=MonthDay(month=7, day=2),
)
