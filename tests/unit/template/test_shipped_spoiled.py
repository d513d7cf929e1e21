"""Every shipped template spoiled in ways that others will try: each is refused with a line and a sentence."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

FOLDER = Path(__file__).parents[3] / "services/programmes/templates"
VISITS, EXCHANGE, JOURNEY, HEADS, TRUST = (
    "peer-visits",
    "project-exchange",
    "leadership-journey",
    "headteacher-development",
    "improvement-model",
)
READERS = "[own.headteacher, own.senior-leader, own.cpd-lead, own.chair-of-governors, own.clerk]"
SPOILED = {
    "a ninth day of the week": (VISITS, "preferred_weekdays: [3, 4]", "preferred_weekdays: [3, 9]", "no day of the we"),
    "lines of another plan": (VISITS, "each: steps", "each: actions", "no plan of the form that opens this"),
    "the day of no line": (VISITS, "    each: steps\n", "", "write `each: steps`"),
    "the owner of another line": (VISITS, "who: [steps.owner]", "who: [actions.owner]", "write `each: actions`"),
    "an answer to what has no lines": (VISITS, "{answer: help}", "{answer: take-home}", "give the form `answered`"),
    "agreeing when another form comes": (
        VISITS,
        "opens: findings.submitted\n    due: opened + 5",
        "opens: appraisal.submitted\n    due: opened + 5",
        "about entries of 'findings', and opens with one of 'appraisal'",
    ),
    "a report to who may never read": (VISITS, "release_of: findings", "release_of: take-home", "give it a `release`"),
    "a report on one of many visits": (
        VISITS,
        "after: [appraisal.submitted]",
        "after: [findings.agreed]",
        "nobody could tell which visit",
    ),
    "an empty title": (VISITS, "title: Peer visits", "title: ''", "a title has words"),
    "a title of spaces": (VISITS, "title: Launch event", "title: '   '", "a title has words"),
    "a question without words": (VISITS, 'label: "What did you learn today?"', 'label: ""', "has no words"),
    "nobody can say yes": (VISITS, 'answers: ["yes", maybe, "no"]', "answers: [maybe]", "nobody can say yes"),
    "an answer twice": (VISITS, 'answers: ["yes", maybe, "no"]', 'answers: ["yes", maybe, maybe]', "is here twice"),
    "more terms than there are": (VISITS, "times: 3", "times: 9", "it comes 3 times at most"),
    "reminded twice on a day": (
        VISITS,
        "remind: [due - 10 days, due - 3 days]",
        "remind: [due - 3 days, due - 3 days]",
        "'due - 3 days' is here twice",
    ),
    "a mail to nobody": (VISITS, "to: [guest.leaders, facilitator]", "to: []", "say whom under `to`"),
    "a release to nobody": (VISITS, f"release: {{to: {READERS}}}", "release: {}", "nobody reads what is released"),
    "a phase apart from itself": (VISITS, "[primary, secondary]", "[primary, primary]", "apart from itself"),
    "a condition that never holds": (
        VISITS,
        "{field: share}, people",
        "{field: share, equals: []}, people",
        "never ho",
    ),
    "half a moment": (VISITS, "opens: 09-01, closes: 09-25", "opens: 09-01", "`opens` and `closes`"),
    "half a place": (EXCHANGE, "ledger, number: 1", "ledger, number: 0.5", "0.5 is no number of people"),
    "fewer than nobody": (EXCHANGE, "ledger, number: 1", "ledger, number: -1", "-1 is no number of people"),
    "a rule twice": (
        EXCHANGE,
        "- {rule: same-school}",
        "- {rule: same-school}\n      - {rule: same-school}",
        "'same-school' is here twice",
    ),
    "people placed to people": (EXCHANGE, "people: nomination", "people: project", "names who is placed"),
    "a doing twice": (
        EXCHANGE,
        "{key: data-evaluation, title: Looking at figures}",
        "{key: lesson-observation, title: Looking}",
        "'lesson-observation' is here twice",
    ),
    "a pack about another thing": (
        EXCHANGE,
        "about: school\n    kept: true",
        "about: evidence-note\n    kept: true",
        "must be `about: school`",
    ),
    "a route of one theme": (
        JOURNEY,
        "themes: [vision, hard-conversations, growing-excellence, vision, hard-conversations, growing-excellence]",
        "themes: [vision]",
        "1 themes for 6 windows",
    ),
    "a window twice": (
        JOURNEY,
        "during: [training-1, training-2,",
        "during: [training-1, training-1,",
        "begins before",
    ),
    "a fourth year of two": (JOURNEY, "y2 09-20", "y4 09-20", "lies in year 4 of a programme of 2"),
    "a list that was forgotten": (
        JOURNEY,
        "lists:\n",
        "lists:\n  - {key: moods, title: Moods, entries: [{key: glad, title: Glad}]}\n",
        "nobody chooses from 'moods'",
    ),
    "heads paired with themselves": (
        HEADS,
        "who: [headteacher]\n    begins",
        "who: [headteacher, headteacher]\n    begins",
        "'headteacher' is here twice",
    ),
    "left out by a number": (HEADS, "skip: not-this-term.skip", "skip: roll-out.sessions", "must be of kind yes-no"),
    "themes told after each vote": (
        HEADS,
        "about: programme\n    after: [coordinator]",
        "about: programme\n    after: [needs.submitted]",
        "name a moment of the clock",
    ),
    "a pair that the head is told of": (HEADS, "to: [partners]", "to: [headteacher]", "write 'partners'"),
    "a duty in no strand": (TRUST, "strand: visible-leadership", "strand: hidden-leadership", "no entry of the list"),
    "a duty every hour": (TRUST, "cadence: fortnightly", "cadence: hourly", "'hourly' is none of: daily"),
    "papers after the board has met": (TRUST, "papers_days: 7", "papers_days: -7", "greater than or equal to 1"),
    "a mail at a moment to a guest": (TRUST, "to: [consultant]", "to: [guest.consultant]", "of the schools that come"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_it_is_refused(what: str) -> None:
    name, before, after, said = SPOILED[what]
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert before in text
    faults = faults_of(text.replace(before, after, 1))
    assert [fault for fault in faults if said in fault.what and 1 < fault.line <= text.count("\n") + 3], faults
