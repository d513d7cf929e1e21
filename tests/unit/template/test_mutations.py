"""Sixty ways to spoil a template that is right: each is refused with a line and a sentence, none is passed over."""

import pytest

from shared.template.reading import faults_of
from tests.unit.template.written import WRITTEN_FILE

RIGHT = WRITTEN_FILE.read_text(encoding="utf-8")
WAITING = """\
opens: other.done
    due: posting.closes
  - {key: other, who: [cpd-lead], do: {confirm: it is so}, opens: post.done, due: posting.closes}
  - key: third
    who: [cpd-lead]
    do: {confirm: it is so}
    opens: posting.opens
    due: posting.closes"""

VISIT = """\
kind: agreed-visit
    title: Visit to the host school
    purpose: See for yourself what the project is about, and gather evidence.
    who: [practitioner, host.cpd-lead]
"""

SPOILED = {
    "a kind of field that there is not": ("kind: topic,", "kind: subject,", "there is no kind 'subject'"),
    "a kind of activity that there is not": ("kind: agreed-visit", "kind: away-day", "there is no kind 'away-day'"),
    "an activity that has another way": ("kind: agreed-visit", "kind: requests", "'requests' (support asked for"),
    "a kind of round that has another way": (
        "kind: placements",
        "kind: requests",
        "'requests' (support asked for and offered: write a round of kind `placements` without `wishes`) is no kind",
    ),
    "a kind of round that there is not": ("kind: placements", "kind: lottery", "there is no kind 'lottery'"),
    "a block that there is not": ("kind: certificate", "kind: diploma", "there is no kind 'diploma'"),
    "a rule that there is not": ("rule: same-school", "rule: same-scool", "did you mean 'same-school'?"),
    "a party that there is not": (
        "party: {kind: school, enquiry: true}",
        "party: {kind: shared-place}",
        "there is no kind 'shared-place'",
    ),
    "a role that nobody holds": ("who: [cpd-lead]", "who: [cpd-leader]", "nobody is 'cpd-leader'"),
    "a scope that there is not": ("[host.cpd-lead]", "[hosts.cpd-lead]", "'hosts' in 'hosts.cpd-lead'"),
    "a relation that there is not": ("practitioner.line-manager", "practitioner.boss", "a relation 'boss'"),
    "a relation of undeclared roles": ("from_role: line-manager", "from_role: boss", "nobody is 'boss'"),
    "a relation in a circle": ("to_role: practitioner", "to_role: line-manager", "goes in a circle"),
    "a role with a name that is taken": ("key: senior-leader", "key: facilitator", "has a meaning of its own"),
    "a role that nobody is ever named for": (
        "  - {key: clerk,",
        "  - {key: mentor, later: true}\n  - {key: clerk,",
        "nobody is named",
    ),
    "fewer than least": (
        "{key: headteacher, title: headteacher, least: 1",
        "{key: headteacher, least: 2",
        "at most 1 is",
    ),
    "a day that there is not": ("closes: 10-31", "closes: 10-32", "there is no such day"),
    "the thirtieth of February": ("closes: 10-31", "closes: 02-30", "there is no such day"),
    "a window the wrong way round": ("opens: 09-15, closes: 10-31", "opens: 10-31, closes: 09-15", "comes before"),
    "a day after the last year": ("at: 07-09", "at: y2 07-09", "lies in year 2 of a programme of 1"),
    "a moment that nothing is called": ("opens: circulated\n", "opens: circulating\n", "did you mean 'circulated'?"),
    "a state that never comes": ("opens: findings.agreed", "opens: findings.held", "'findings.held' never comes"),
    "a unit that there is not": ("opened + 5 working days", "opened + 5 fortnights", "is no moment"),
    "a moment before its cause": ("after: circulated", "after: consent.submitted", "this never begins"),
    "a window that waits for itself": (
        "opens: exchange.published, closes",
        "opens: carry-out.closes, closes",
        "never begins",
    ),
    "two tasks that wait for each other": (
        "opens: posting.opens\n    due: posting.closes",
        WAITING,
        "this never begins: task post waits for task other",
    ),
    "a window and a moment at once": ("at: 11-05", "at: 11-05, opens: 11-01, closes: 11-05", "a window has `opens`"),
    "a window without an end": (", closes: 10-31", "", "a window has `opens` and `closes`"),
    "a task's own day elsewhere": (
        "closes: present-by",
        "closes: due + 5 days",
        "is a day of a task, and this is none",
    ),
    "a form that nobody can reach": (
        "about: match\n    after: data",
        "about: group\n    after: data",
        "nobody can reach",
    ),
    "a form about nothing": (
        "about: school\n    many",
        "about: weather\n    many",
        "'weather' is no subject",
    ),
    "a form without questions": (
        RIGHT[RIGHT.index("    fields:\n      - {key: strengths") : RIGHT.index("    release: {to: [practitioner]}")],
        "",
        "asks at least one question",
    ),
    "a question asked twice": ("{key: inside, kind", "{key: need, kind", "'need' is asked twice"),
    "a form declared twice": ("- key: nomination\n", "- key: project\n", "'project' is declared twice"),
    "a task declared twice": (
        "- key: consent\n    title: Say",
        "- key: dates\n    title: Say",
        "'dates' is declared twice",
    ),
    "one key for a moment and an activity": ("- key: presentation", "- key: circulated", "is a key under clock, too"),
    "choices of a list that there is not": ("of: career-stages", "of: careers", "'careers' is no list or form"),
    "a setting that a kind does not use": (
        "kind: yes-no, label",
        "kind: yes-no, longest: 5, label",
        "does not use `longest`",
    ),
    "a round without what it places": ("    things: project\n", "", "'placements' needs `things`"),
    "groups of two": ("kind: placements\n", "kind: groups\n    sizes: [2]\n", "groups have 3 schools, 4, or either"),
    "wishes of a question that is not asked": ("wishes: nomination.wishes", "wishes: nomination.hopes", "is no field"),
    "a way to choose that there is not": ("choose: least-cost", "choose: cheapest", "'cheapest' is none of"),
    "a release to nobody": ("release: {to: [practitioner]}", "release: {by: practitioner}", "who may read it"),
    "agreeing to what needs nobody": ("do: {agree: findings}", "do: {agree: project}", "has no sign_off"),
    "choosing a fixed day": (
        "kind: meeting\n    title: Presentation of the findings",
        "kind: cohort-event\n    title: Presentation of the findings",
        "are not chosen by people",
    ),
    "as many visits as nobody says": ("as_many_as: project.visits", "as_many_as: project.days", "is no field"),
    "as many visits as a text says": ("as_many_as: project.visits", "as_many_as: project.title", "of kind number"),
    "visits that a task opens": (
        "opens: carry-out.opens\n",
        "opens: post.done\n",
        "tells nothing of a placement",
    ),
    "two things to do at once": ("do: {form: findings}", "do: {form: findings, confirm: done}", "one thing to do"),
    "lines of no action plan": ("each: actions", "each: summary", "no form has a field 'summary' of kind actions"),
    "an excuse that there is not": ("excused: [postponed]", "excused: [rain]", "'rain' is none of"),
    "a report that shows no question": ("field: summary}", "field: summery}", "did you mean 'summary'?"),
    "a report of a form that there is not": ("release_of: findings", "release_of: finding", "did you mean 'findings'?"),
    "a paper that is no report": ("papers: [action-plan]", "papers: [action]", "'action' is no report"),
    "a condition on no question": (
        "when: {field: project.governors}, people: [host.chair-of-governors, host.clerk]}\n  - key",
        "when: {field: project.governor}, people: [host.clerk]}\n  - key",
        "did you mean 'project.governors'?",
    ),
    "a mail with an unknown field": (
        "{project.count} projects to",
        "{projects.count} projects to",
        "knows no {projects.count}",
    ),
    "a mail with a stray brace": (
        "The schools of {programme.name}",
        "The schools of {programme.name",
        "a brace stands alone",
    ),
    "a mail with a template's markup": (
        "The schools of {programme.name}",
        "{{ config.items() }}",
        "a brace stands alone",
    ),
    "a button to nowhere": ("page: projects}", "page: shop}", "there is no page 'shop'"),
    "a mail of the kit": ("    digest: project-list\n", "    kit: visit-host\n", "a mail of the kit by its name"),
    "a mail on a day that is over": ("on: exchange.changed", "on: data-visit.over", "it can be on: invited, moved"),
    "a mail on what no round tells": ("on: exchange.changed", "on: exchange.agreed", "'exchange.agreed' never comes"),
    "somebody optional where nothing is dated": (
        "release: {to: [practitioner]}",
        "release: {also: [{when: {field: project.governors}, people: [host.clerk], optional: true}]}",
        "people are optional at a date",
    ),
    "two heads of a school": (
        "{key: headteacher, title: headteacher, least: 1, most: 1}",
        "{key: headteacher, title: headteacher, least: 2, most: 3}",
        "a school names one person a role when it enrols",
    ),
    "joining from the start": (
        "membership: {joins: from-now, leaves: history-stays}",
        "membership: {joins: from-start, leaves: nothing}",
        "'from-start' is none of: from-now",
    ),
    "placements that publish themselves": (
        "choose: least-cost",
        "choose: least-cost\n    review_before_publishing: false",
        "does not use `review_before_publishing`",
    ),
    "catching up where nothing is missed": (
        "    pack: visitor-notes\n",
        "    pack: visitor-notes\n    attendance: {catch_up: [practitioner]}\n",
        "'agreed-visit' does not use `attendance`",
    ),
    "a pack of a visit in a group": (
        "kind: agreed-visit\n    title: Visit to the host school",
        "kind: visit\n    title: Visit to the host school",
        "'visit' does not use `pack`",
    ),
    "a visit that is nowhere": (
        VISIT + "    at: host",
        VISIT.replace("agreed-visit", "visit") + "    at: online",
        "'online' is none of: host",
    ),
    "an event for some": (
        "kind: meeting\n    title: Presentation of the findings",
        "kind: cohort-event\n    title: Presentation of the findings",
        "'cohort-event' does not use `optional`",
    ),
    "money": ("payments: none", "payments: card", "'card' is none of: none"),
    "a misspelt setting": ("versioned: true", "versoned: true", "did you mean 'versioned'?"),
    "a setting given twice": ("summary: >-", "version: 2\nsummary: >-", "'version' is given twice"),
    "text where a number stands": ("years: 1", "years: one", "this is a whole number"),
    "a fact where fields stand": ("clock:\n  years: 1\n  moments:", "clock: autumn\nx:", "this has fields of its own"),
    "a line break in a key": ("key: project-list\n", 'key: "project\\nlist"\n', "a key is small letters"),
    "a Python object": (
        "summary: >-",
        "summary: !!python/object/apply:os.system [ls]\ntimezone2: >-",
        "tags are not used",
    ),
    "a bomb of aliases": ("summary: >-", "lists: &a [1]\nroles2: [*a, *a]\nsummary: >-", "anchors and aliases"),
    "enquiries without a page": (
        "    public: true\n",
        "    to: [coordinator]\n",
        "enquiries come by the page of a report",
    ),
    "a mail before it happens": ("on: circulated", "on: circulated - 2 days", "a mail goes out when it happens"),
    "a mail on a bare day": ("on: circulated", "on: 11-05", "name '11-05' as a moment under `clock`"),
    "a role at a trust where none takes part": (
        "{key: clerk,",
        "{key: clerk, at: trust,",
        "a role at a trust needs `party: {kind: trust}`",
    ),
    "a category that nobody decides on": (
        "party: {kind: school, enquiry: true}",
        "party: {kind: school}\ncategories: {values: [{key: a, title: A}], decided_by: king}",
        "nobody is 'king'",
    ),
    "a category given twice": (
        "party: {kind: school, enquiry: true}",
        "party: {kind: school}\ncategories: {values: [{key: a, title: A}, {key: a, title: B}]}",
        "'a' is declared twice",
    ),
    "a relation of nobody, in three words": ("[host.cpd-lead]", "[host.cpd-lead.boss]", "there is no relation 'boss'"),
    "a role of nobody, in three words": ("[host.cpd-lead]", "[host.boss.line-manages]", "nobody is 'boss'"),
    "a scope of nobody, in three words": ("[host.cpd-lead]", "[there.cpd-lead.line-manages]", "is no scope"),
}


def test_the_template_is_right() -> None:
    assert faults_of(RIGHT) == ()


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_template_is_refused(name: str) -> None:
    written, instead, said = SPOILED[name]
    assert written in RIGHT

    faults = faults_of(RIGHT.replace(written, instead, 1))

    assert any(said in fault.what for fault in faults), [fault.what for fault in faults]
    assert all(1 <= fault.line <= RIGHT.count("\n") + 3 for fault in faults)


def test_ten_megabytes_are_refused() -> None:
    (fault,) = faults_of(RIGHT + "# padding\n" * 1_000_000)

    assert "a template has at most 1,000,000" in fault.what
