"""Moments: each is written in the grammar, names something that happens, and lies in the programme's years."""

import difflib
from collections.abc import Iterator

from shared.template.days import day_of
from shared.template.kinds import CALL, JOINED, KNOWN, OWN_ANCHORS, SESSION, STATES, TOGETHER
from shared.template.moments import Instant, WrongMomentError, parse_moment
from shared.template.naming import names_day
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import written_in
from shared.template.template import Template
from shared.template.words import MOMENT

_A_YEAR = 2027
_TERMS_A_YEAR = 3
_DAYS = {"working days": 1, "days": 1, "weeks": 7, "half-terms": 45, "terms": 91, "months": 30}
_LONGEST = 5 * 366
"""Days from what a moment counts from; no programme is longer."""
WITHDRAWN = "withdrawn"
_SECTIONS = {"forms": "form", "activities": "activity", "matching": "round", "tasks": "task", "reports": "report"}
_DATED = frozenset({"visit", "cohort-event", "agreed-visit", "meeting", SESSION})


def faults(template: Template) -> Iterator[Fault]:
    """Texts that are no moment, moments that never come, windows outside the years or the wrong way round."""
    known = anchors(template)
    for at, text in written_in(MOMENT, template):
        try:
            instant = parse_moment(text)
        except WrongMomentError as error:
            yield Fault(at, f"{error}.")
            continue
        yield from _anchor(at, instant, text, known)
        yield from _within(at, instant, text, template.clock.years)
        if at[0] != "tasks" and names_day(template, instant.anchor, instant.state):
            yield Fault(at, f"'{text}' is a day that an entry names: it opens and dates tasks, and nothing else.")
        if instant.anchor == JOINED and at[0] != "tasks":
            yield Fault(at, f"'{JOINED}' opens and dates tasks, and nothing else.")
        elif instant.anchor == JOINED and template.party.kind not in TOGETHER:
            yield Fault(at, f"schools come '{JOINED}' to a trust or partnership; here each takes part by itself.")
        if instant.year > template.clock.years:
            yield Fault(at, f"'{text}' lies in year {instant.year} of a programme of {template.clock.years}.")
    yield from _windows(template)


def _within(at: Where, instant: Instant, text: str, years: int) -> Iterator[Fault]:
    """Days that there are each year, terms of the programme, and no more than some years from what they count from."""
    if instant.day == (2, 29):
        yield Fault(at, f"'{text}': there is no 29 February in most years; write 02-28 or 03-01.")
    if instant.term is not None and not 1 <= instant.term <= _TERMS_A_YEAR * years:
        yield Fault(at, f"'{text}': a programme of {years} has the terms 1 to {_TERMS_A_YEAR * years}.")
    if instant.offset and abs(instant.offset.number) * _DAYS[instant.offset.unit] > _LONGEST:
        yield Fault(at, f"'{text}' lies more than five years away.")


def anchors(template: Template) -> dict[str, frozenset[str]]:
    """What a moment may be of -> what can happen to it; `""` where the thing itself is a day."""
    found: dict[str, set[str]] = {anchor: {""} for anchor in OWN_ANCHORS}
    for moment in template.clock.moments:
        found.setdefault(moment.key, set()).update(STATES["moment"] if moment.opens else {""})
    for section, kind in _SECTIONS.items():
        for declared in getattr(template, section):
            if kind == "activity" and declared.kind in {"duty", CALL}:
                continue
            of = SESSION if kind == "activity" and declared.kind == SESSION else kind
            found.setdefault(declared.key, set()).update(STATES[of])
            if kind == "activity" and declared.kind in _DATED:
                found[declared.key].add("")
    for form in template.forms:
        for field in form.fields:
            if field.kind == "actions":
                found.setdefault(field.key, set()).add("due")
            elif names_day(template, form.key, field.key):
                found[form.key].add(field.key)
    return {key: frozenset(states) for key, states in found.items()}


def _anchor(at: Where, instant: Instant, text: str, known: dict[str, frozenset[str]]) -> Iterator[Fault]:
    if not instant.anchor:
        return
    if instant.anchor not in known:
        near = difflib.get_close_matches(instant.anchor, list(known), n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(sorted(known))}."
        yield Fault(at, f"nothing is called '{instant.anchor}' in '{text}'; {hint}")
    elif instant.state not in known[instant.anchor]:
        states = ", ".join(
            sorted(f"{instant.anchor}.{state}" if state else instant.anchor for state in known[instant.anchor])
        )
        yield Fault(at, f"'{text}' never comes; of '{instant.anchor}' there is: {states}.")
    elif instant.state == KNOWN and at[0] != "mails":
        yield Fault(at, f"'{text}' can only be told in a mail: write '{instant.anchor}.submitted'.")
    elif instant.state == WITHDRAWN and at[0] != "mails":
        yield Fault(at, f"'{text}' can only be told in a mail: what hangs on an entry ends when it is withdrawn.")
    elif instant.anchor in {"opened", "due"} and at[0] != "tasks":
        yield Fault(at, f"'{instant.anchor}' is a day of a task, and this is none.")


def _windows(template: Template) -> Iterator[Fault]:
    places: list[tuple[Where, str, str]] = [
        (("clock", "moments", index), moment.opens, moment.closes)
        for index, moment in enumerate(template.clock.moments)
    ]
    places += [(("activities", index), one.opens, one.closes) for index, one in enumerate(template.activities)]
    for at, opens, closes in places:
        first, last = day_of(opens, template, _A_YEAR), day_of(closes, template, _A_YEAR)
        if first and last and last < first:
            yield Fault(
                (*at, "closes"), f"'{closes}' comes before '{opens}', in the school year from September to August."
            )
