"""The words by which a title of a term file is read: what begins or ends, what is closed, and what is another matter.

Titles are compared in small letters, without punctuation: `half term 1 ends`.
"""

import re

__all__ = [
    "AFTER_SCHOOL",
    "BACK",
    "BREAK",
    "BREAK_BEGINS",
    "BREAK_DAY",
    "BREAK_ENDS",
    "CLOSED_DAY",
    "CLOSING",
    "FIRST",
    "FREE",
    "LAST",
    "NOT_HELD",
    "NUMBERED",
    "OCCASION",
    "OF_A_TERM",
    "OF_SCHOOL",
    "OF_SOMETHING",
    "OPEN_ALL_THE_SAME",
    "OTHER",
    "PART_OF_A_DAY",
    "SCHOOL_DAY",
    "SCHOOL_YEAR",
    "SEASON",
    "SEASON_OF_NATURE",
    "SOME_OF_THEM",
    "TERM",
]

_OTHER = (
    r"(clubs?|camp|fair|fayre|trip|concert|disco|party|lunch|dinner|activit(y|ies)|homework|meetings?|performances?|play|"
    r"service|evenings?|assembl(y|ies)|photos?|photographs?|residential|visit|sale|quiz|bingo|jumper|parade|bonnet|"
    r"nativity|rehearsals?|challenge|deadline|exams?|tests?|sats|mocks?|reports?|open (day|evening|morning|afternoon)|"
    r"governors|pta|ptfa|applications?|consultation|workshop|sports|swimming|fundrais\w+|revision|celebrations?|picnic|"
    r"(summer|easter) school(?! (holidays?|hols|clos\w+|break|terms?)))"
)
OTHER = re.compile(rf"\b{_OTHER}\b")
OCCASION = re.compile(rf"\b(?:end|start)[ -]of[ -](?:\w+[ -])?(?:half[ -])?term(?:'?s)? +(?:\w+ +){{0,2}}{_OTHER}\b")
"""Something that takes place when a term ends: a disco. What stands behind a dash or comma is said beside it."""
CLOSED_DAY = re.compile(
    r"\b(inset|in service|baker|non pupil|pupil free|staff (training|development|days?)|training days?|"
    r"(teacher|professional) (development|training)( days?)?|teacher days?|(cpd|pd|td|tda) days?|non contact days?|"
    r"occasional days?|admin(istration)? days?|days? off|in lieu|no lessons|"
    r"not (in school|in session|open)|"
    r"disaggregated|development days?|staff only|polling day|closed|closures?|no (school|pupils|children)|"
    r"snow days?|industrial action|strike (days?|action)|"
    r"(teachers?|staff|neu|nasuwt|neu nasuwt|union|national) strikes?)\b"
)
OPEN_ALL_THE_SAME = re.compile(
    r"\b(open (as )?(usual|normal|to all|for all)|(remains?|stays?|is|school|schools) open)\b"
)
NOT_HELD = re.compile(r"\b(cancelled|canceled|called off|suspended|postponed)\b")

_NUMBER = r"(?:[1-6]|one|two|three|four|five|six)"
_SCHOOL = (
    r"(schools?(?! (holidays?|hols|vacation|break|closed|closures?)\b)|(?<!half )(?<!mid )terms?|pupils|children|"
    rf"students|all|everyone|we|college|academy|academic year|(autumn|spring|summer|half ?term|ht|t) ?{_NUMBER})"
)
_BEGINS = r"(re ?opens?|returns?|(re ?)?starts?|begins?|(re ?)?commences?|resumes?)"
_ENDS = r"(ends?|finish(es)?|closes?|concludes?|break(s|ing)? up)"
_HALF = r"(?:half|mid) ?terms?(?! ?[1-6]\b)"
_LONG_BREAK = r"(?:holidays?|hols|vacation|break)"
_DAY = r"(?:(?:school|teaching|full|working) )?day"
LAST = re.compile(
    rf"\b((last|final) {_DAY}|{_SCHOOL}\b.*\b{_ENDS}|(ends?|finish(es)?|breaks? up|close) (of|for|at|on)|"
    r"break(ing)? up|(end|close) of (\w+ )?(half )?term)\b|^(closes?|finish(es)?)$"
)
BACK = re.compile(
    r"\b((school|schools|pupils|children|students|term|terms)\b.*\b(re ?opens?|returns?|restarts?|resumes?)|"
    r"returns? (after|from)|(return|returns|back) to (school|lessons)|"
    r"(pupils|children|students|everyone) (are )?back|(pupils|pupil) return)\b|^lessons (resume|restart|begin|start)\b"
)
"""What is only said of school, whatever holiday stands beside it: `half term ends, school reopens`."""
FIRST = re.compile(
    rf"\b(first {_DAY}|{_SCHOOL}\b.*\b{_BEGINS}|(start|beginning) of (\w+ )?(half )?term|(re ?)?opens? on)\b|"
    r"\b(terms?|schools) opens?\b|\bschool opens? (for|after|to (all )?pupils)\b|^(re ?opens?|resumes?)$"
)
BREAK_BEGINS = re.compile(
    rf"\b(?:{_HALF}|{_LONG_BREAK})\b.*\b(?:begins?|starts?|commences?)\b|"
    rf"\b(?:start|beginning) of (?:the )?(?:\w+ )?{_HALF}$|"
    rf"\b(?:start|beginning|first day) of (?:the )?(?:\w+ ){{0,2}}{_LONG_BREAK}\b"
)
BREAK_ENDS = re.compile(
    rf"\b(?:{_HALF}|{_LONG_BREAK})\b.*\b(?:ends?|finish(?:es)?|concludes?)\b|\bend of (?:the )?(?:\w+ )?{_HALF}$|"
    rf"\b(?:end|last day|final day) of (?:the )?(?:\w+ ){{0,2}}{_LONG_BREAK}\b"
)
FREE = re.compile(
    r"\b(holidays?|hols?|vacation|recess|wakes week|whit(sun)? week|exeats?|bank hol\w*|good friday|boxing day|"
    r"new year s? ?day|(christmas|may) (day|eve))\b"
)
BREAK_DAY = re.compile(r"\bbreak$|\b(half|mid) ?terms?\b")
BREAK = re.compile(r"\b(break|(half|mid) ?terms?)\b")
AFTER_SCHOOL = re.compile(
    r"(?<!in lieu of )\btwilights?\b|^(staff|teachers) returns?\b|\bafter school\b|\b(inset|training|cpd) evening\b"
)
PART_OF_A_DAY = re.compile(r"\b\d{1,2}( \d\d)? ?(am|pm)\b|\bearly\b(?! may)|\b(half day|noon|midday)\b")
CLOSING = re.compile(r"\b(clos\w+|finish\w*|ends?|opens?|starts?)\b")
OF_A_TERM = re.compile(r"\b(terms?|half|holidays?|hols|christmas|xmas|easter|summer|autumn|spring)\b")
SOME_OF_THEM = re.compile(r"\b(years?|y) ?\d{1,2}\b|\b(reception|nursery|sixth form)\b")
OF_SOMETHING = re.compile(r"\b(?:first|last|final) day (?:of|for|to|before) (.*)")
OF_SCHOOL = re.compile(
    r"\b(terms?|half|school|pupils?|children|students|lessons|all|autumn|spring|summer|easter|christmas|holidays?|"
    r"vacation|break)\b"
)
SEASON_OF_NATURE = re.compile(r"first day of (spring|summer|autumn|winter|lent)")
NUMBERED = re.compile(
    rf"\b(half ?term|term|autumn|spring|summer|ht|t) ?{_NUMBER}\b|\b(autumn|spring|summer|term) [ab]\b"
    r"|\b[1-6](st|nd|rd|th)? (half ?)?term\b|\b(1st|2nd|first|second) half\b"
)
TERM = re.compile(r"\b(terms?|autumn|spring|summer|michaelmas|lent|trinity|hilary|semester)\b")
SCHOOL_YEAR = re.compile(r"\b(school|academic) year\b")
SCHOOL_DAY = re.compile(
    r"\b((term|school|pupil) ?days?|term ?time|school (is )?open(?! (day|evening|morning|afternoon))|"
    r"(?<!not )in school|(?<!not )in session)\b"
)
SEASON = re.compile(
    r"(?:(?:christmas|xmas|easter|summer|whitsun|whit|winter|spring|autumn|october|february|may|school|the|for|all|and|"
    r"new|year|monday|\d{1,4})\s?)+"
)
