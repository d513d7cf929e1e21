"""The kinds that the engine has, and which settings each one uses: the closed vocabulary of the language.

A template's keys are its own; a kind is the engine's. A setting that a kind does not use is refused, so that
nothing in a template is passed over. The reference of the language is generated from here.
"""

from shared.template.kind import kind as _kind

PARTIES = {
    "school": _kind(
        "each school takes part by itself; schools of one trust or federation may train together", may="together"
    ),
    "trust": _kind("a trust takes part with its schools, which follow the register, and has people of its own"),
    "partnership": _kind("schools of one trust or several take part together, with people of their own"),
}
SUBJECTS = {
    "programme": "the programme as a whole",
    "cohort": "all who were matched in one run",
    "school": "a school that takes part",
    "group": "a group of schools",
    "visit": "a dated visit",
    "event": "a dated event",
    "match": "a person placed to a thing",
    "pair": "people of a round of pairs or rings who are together",
    "person": "somebody who takes part",
    "action": "a line of an action plan",
    "entry": "an entry of another form",
}
FIELDS = {
    "text": _kind("some sentences", may="longest"),
    "lines": _kind("one thing a line, each with further cells where `columns` names them", may="longest most columns"),
    "number": _kind("a number", may="least most told"),
    "day": _kind("a day", may="told"),
    "yes-no": _kind("yes or no", may="told"),
    "choice": _kind("one of several", may="of choices told"),
    "several": _kind("any of several", may="of choices least most told"),
    "agreement": _kind("how far somebody agrees, in five steps"),
    "recognise": _kind(
        "which of several texts is the one that an entry of another form says about the same thing, where answers are "
        "only counted: `source` names form and question, `of` the list of others, `most` how many stand together (4)",
        needs="of source",
        may="most",
    ),
    "level": _kind("a level of each of several", may="of choices"),
    "rank": _kind("several in order of preference", needs="of", may="least most told"),
    "topic": _kind("one topic of the programme", may="of told"),
    "topics": _kind("several topics of the programme", may="of least most told"),
    "person": _kind("a person, by name and work address"),
    "people": _kind("several people, each by name and work address", may="most"),
    "evidence": _kind("findings, each with what was seen", may="longest most source"),
    "actions": _kind(
        "an action plan: what, who, by when, how one will know; each line may stand under an entry of the list `of`",
        may="most of",
    ),
}
RECOGNISE = "recognise"
NAMING = frozenset({"person", "people"})
"""Kinds of question that name people; those who are named for a role hold it from then on."""
COUNTED = frozenset({"text", "yes-no", "choice", "several", "agreement", RECOGNISE, "level", "rank", "topic", "topics"})
"""Kinds of question whose answers can be counted without saying whose they are; texts are shown together, in order."""
CONFIDENTIAL = {
    "counts-only": "answers are counted; nobody sees whose they are",
    "named": "only people who are named as readers see them",
}
ROUNDS = {
    "groups": _kind(
        "groups of three or four schools that visit each other",
        needs="sizes",
        may="weights phases_apart islands regions rules review_before_publishing",
    ),
    "placements": _kind(
        "people placed to things in other schools",
        needs="people things",
        may="wishes choose agreed_outside waiting rules",
    ),
    "pairs": _kind(
        "people who help one another two by two; where their number is odd, three form a ring",
        needs="who",
        may="begins skip rules",
    ),
    "rings": _kind(
        "people in rings of three to five, in which each helps the next", needs="who", may="begins skip rules"
    ),
    "neighbours": _kind(
        "small schools that lie near each other, two by two: proposed to both, and once both accept they share a place",
        needs="who pupils kilometres accept",
        may="begins",
    ),
}
ACTIVITIES = {
    "cohort-event": _kind(
        "one dated event for the whole cohort", needs="opens closes starts ends", may="at venue agenda tables"
    ),
    "visit": _kind("a day at each school of a group", needs="opens closes starts ends", may="at facilitated dating"),
    "agreed-visit": _kind(
        "days that the people themselves agree on, each with its doings",
        needs="opens closes",
        may="at least most as_many_as doings hold_working_days pack starts ends",
    ),
    "meeting": _kind(
        "a meeting with papers and minutes",
        needs="opens closes minutes",
        may="at papers optional hold_working_days starts ends",
    ),
    "session": _kind(
        "a course of dated days with attendance; where the room is short, whoever is named first under `who` comes",
        needs="during starts ends",
        may="at each apart_weeks apart_school_weeks led_by sign_up picking routes attendance venue agenda papers "
        "papers_days minutes",
    ),
    "call": _kind(
        "a call that anybody books on the public page, in one of the times that those under `who` offer",
        needs="lasts asks",
    ),
    "duty": _kind(
        "what people do again and again in term time, laid out over each school's own calendar; where it has hours, it "
        "is a visit to a school, and its people are invited to each of its days",
        needs="cadence",
        may="strand over at tick form apart_school_weeks confidential starts ends invite_weeks pack",
    ),
}
DUTY = "duty"
"""The kind of activity that comes again and again."""
NEIGHBOURS = "neighbours"
PAIRINGS = frozenset({"pairs", "rings", NEIGHBOURS})
"""Kinds of round in which people of one role are brought together."""
AGREED = frozenset({"agreed-visit", "meeting"})
"""Kinds of activity whose days named people agree on."""
AT_SCHOOL = "school"
SESSION = "session"
"""The kind of activity that is a course of days; each of them is an event."""
CALL = "call"
"""The kind of activity that people who take no part yet book by themselves."""
EXCUSES = {
    "school-closed": "the school is closed by its calendar",
    "inspected": "it is due in a week in which the school is being inspected",
    "postponed": "the programme is postponed; this holds for every task, named or not",
}
PAGES = {
    "task": "the page on which the task is done",
    "entry": "the entry that the mail is about",
    "report": "the report that the mail is about",
    "dates": "the person's dates",
    "answer": "the page on which the invitation that the mail is about is answered",
    "projects": "the list of entries that can be chosen",
    "home": "the person's own page",
}
RULES = {
    "least": _kind("at least so many entries of a form or answers of a field", needs="of number", may="or_reason"),
    "most": _kind("at most so many", needs="of number"),
    "least-people": _kind(
        "at least so many people in a role or set of roles; fewer is fine with a reason",
        needs="of number",
        may="or_reason suggest",
    ),
    "most-people": _kind(
        "at most so many people in a role or set of roles; more only by arrangement, with a reason", needs="of number"
    ),
    "same-school": _kind("nobody is matched to their own school"),
    "same-trust": _kind("no two schools of one trust"),
    "same-federation": _kind("no two schools under one governing body"),
    "own-manager": _kind("nobody is placed where their line manager answers for the thing"),
    "declared-conflict": _kind("a person has said that these two must not be matched"),
    "same-line": _kind("no two people who report to the same person, or one to the other"),
    "earlier-together": _kind("no two that were together before; in pairs and rings, while there are others"),
    "shared-person": _kind("no two schools that share one of the people who attend"),
    "ledger": _kind("giving and receiving of a school differ by at most so many", needs="number"),
    "achievable-by": _kind("the day of a field leaves time for the steps", needs="field needs", may="after"),
}
SCHOOL_STAGES = ("primary", "secondary")
"""What `phases_apart` keeps apart: middle schools count as what they are deemed, all-through schools as either."""
RULES_OF = {
    "groups": ("same-trust", "same-federation", "shared-person", "earlier-together"),
    "placements": ("same-school", "own-manager", "declared-conflict", "ledger"),
    "pairs": ("same-school", "same-line", "earlier-together"),
    "rings": ("same-school", "same-line", "earlier-together"),
    "forms": ("achievable-by", "least", "most"),
    "participation": ("least", "most", "least-people", "most-people"),
}
"""Where each rule may stand: in a round of which kind, in forms, in the participation."""
PEOPLE_RULES = ("least-people", "most-people")
"""Rules that count the people of a school, not entries of a form."""
OTHERWISE = {
    "requests": "support asked for and offered: write a round of kind `placements` without `wishes`",
}
"""Kinds that the language has a name for, and another way: refused, with what to write instead."""
LATER_SETTINGS = {
    "Clock": {
        "renews": "a programme that begins again by itself",
        "not_shorter": "a programme that may not be shortened",
    },
    "Form": {"public": "forms without a link"},
    "Mail": {"kit": "a mail of the kit by its name; those go out by themselves"},
}
"""Settings, by their model, that the engine does not act on yet: refused wherever they say something, by name."""
SUPERSEDED = {
    "Attendance": {
        "named_only": "nobody stands in for anybody anywhere unless the coordinator allows a substitute; leave it out.",
        "deputy": "name the deputies' role under `who`, after that of whom they come for: who is absent stays absent.",
    },
}
"""Settings, by their model, of which the engine has another way: refused, with what to write instead (decision 72)."""
INTRODUCING = ("named", "introduced")
"""States of a form that introduces people."""
STATES = {
    "moment": ("opens", "closes"),
    "form": ("submitted", "answered", "changes-asked", "agreed", "released", "withdrawn", "known", *INTRODUCING),
    "activity": ("invited", "agreed", "dated", "moved", "changed", "cancelled", "held"),
    "session": ("offered", "invited", "dated", "moved", "changed", "cancelled", "ended", "held", "missed"),
    "round": ("closed", "published", "changed"),
    "task": ("asked", "reminded", "done", "missed"),
    "report": ("compiled", "released", "failed"),
}
"""What can happen to a declared thing: the second word of a moment like `findings.agreed`."""
HELD = "held"
"""The state of a date that has been."""
DATED_STATES = ("invited", "moved", "changed", "cancelled", HELD)
OFFERED = "offered"
"""The state of a course in which somebody hears that they may sign up, or are to tick its dates."""
MAILED = {
    "form": tuple(state for state in STATES["form"] if state not in INTRODUCING),
    "task": STATES["task"],
    "report": STATES["report"],
    "placements": STATES["round"],
    "pairs": ("published", "changed"),
    "rings": ("published", "changed"),
    "neighbours": ("published", "changed"),
    **dict.fromkeys(("visit", "cohort-event", "agreed-visit", "meeting"), DATED_STATES),
    SESSION: (OFFERED, *DATED_STATES),
}
"""What a mail of the template's own may be on, besides moments of the clock; of groups people hear by mails of the kit.
"""
KNOWN = "known"
"""It is known whom an entry names for a role; so that a mail can go to them."""
POSTPONED, RESUMED = "postponed", "resumed"
TOGETHER = frozenset({"trust", "partnership"})
"""Kinds of party that are more than one school."""
TRAINING = "together"
"""The kind of party of schools that train together: courses have days of their own for them, and no more is shared."""
ALIKE = ("same-trust", "same-federation")
"""What schools that train together have in common."""
SHARED_PLACE = "shared-place"
"""The kind of party that two neighbours become once both accept; each keeps a record of its own."""
PLACES = ("school", *sorted(TOGETHER), "programme")
"""Where a role may be held."""
WEEK = "week"
JOINED = "joined"
OWN_ANCHORS = ("opened", "due", "coordinator", "ended", JOINED, POSTPONED, RESUMED, WEEK)
"""Anchors that no template declares: the task's own days, an act of the coordinator, the end of somebody's part, the
day on which a school joined its trust or partnership part-way, the days on which the programme is postponed and taken
up again, the end of a week in which somebody has duties."""
