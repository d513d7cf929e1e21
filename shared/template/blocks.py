"""The kinds of block that reports are made of."""

from shared.template.kind import kind as _kind

OUTCOMES = "outcomes"
REGIMES = {
    "grades": ("overall",),
    "report-cards": (
        "inclusion", "curriculum and teaching", "achievement", "attendance and behaviour",
        "personal development and wellbeing", "leadership and governance", "early years", "sixth form",
    ),
}  # fmt: skip
"""How schools are inspected -> what is judged; old grades and report cards are never turned into each other."""
TREND = "trend"
DUTY_BLOCKS = ("duties", "schools", "exceptions")
"""Kinds of block that count duties."""
BLOCKS = {
    "summary": _kind("the answer that sums up", needs="form field"),
    "text": _kind("the template's own paragraphs, or an answer", may="text form field"),
    "lines": _kind("an answer line by line", needs="form field"),
    "evidence": _kind("findings with their evidence", needs="form field"),
    "actions": _kind("an action plan with owners and days", needs="form field"),
    "actions-by-status": _kind("how many actions stand where", needs="form field"),
    "attendance": _kind("who was there, how often", needs="activity"),
    "ledger": _kind(
        "who gave and who received in placements; with `form` in its lines that were answered with one of `counts`",
        may="form counts",
    ),
    "certificate": _kind("a record of what somebody did", may="text"),
    "take-up": _kind(
        "how many schools took an entry up, after one, two and three terms, and which; `form` is about that entry",
        needs="form field",
        may="counts",
    ),
    "dates": _kind("the programme's moments and dated things"),
    "asks": _kind("what is asked of people: how many of each role a school names, and what each of them does"),
    "last-year": _kind(
        "how many took part last time, in the latest earlier year of programmes with this template: counts alone; with "
        "`form` how many gave which answer, where answers are only counted",
        may="form field",
    ),
    "counts": _kind("how many gave which answer, where answers are only counted", needs="form", may="field bands"),
    "rubric": _kind("where people see a school by a rubric: counts, spread, who is missing", needs="form field"),
    "outcomes": _kind(
        "what inspections said of the programme's schools, under one of the two regimes: counts with a 95 % interval, "
        "beside national rates",
        needs="regime",
        may="national",
    ),
    "movement": _kind("how far a rubric has moved since the round before", needs="form field"),
    "trend": _kind(
        "how the numbers of a school change from entry to entry: a row a question of kind number, of one or all of the "
        "form's; `text` stands below it",
        needs="form",
        may="field text",
    ),
    "duties": _kind("by strand what was due, done, missed and excused this term; of a school also by which role"),
    "schools": _kind("a line a school: how its duties stand, and whether what `form` asks for has come", may="form"),
    "exceptions": _kind("what stands out: forms not received, strands of which too little was done", may="form below"),
}
PUBLIC_BLOCKS = ("text", "dates", "asks", "last-year")
"""Kinds of block that a report for everybody may have: the template's own words, days and counts, nobody's answers."""
