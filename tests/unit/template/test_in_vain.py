"""Moments that never come and people who are not there: waited for in vain, so refused; found by two odd templates."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

FOLDER = Path(__file__).parents[1] / "own_template" / "templates"
RIGHT = {
    name: (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    for name in ("music-exchange", "governors-mentoring", "debating-league")
}
MUSIC, MENTORING, DEBATES = RIGHT
DATED = "opens: 06-07, closes: 06-18, starts: '18:00', ends: '20:00'}\n"
TOLD = "  - key: thanks\n    on: end\n    to: [programme.governor]"
ASKED = "{key: say, who: [programme.governor]"
LATER = "opens: mentoring.published + 8 weeks"
NOTES = "opens: rehearsal.agreed"
HOSTS = "by: [head-of-music]\n    about: school"
IN_VAIN = {
    "an event for a cohort that nobody forms": (
        MUSIC,
        "activities:\n",
        "activities:\n  - {key: gala, kind: cohort-event, title: Gala, who: [headteacher], " + DATED,
        "declare a round of groups. A day for everybody is of kind 'session'",
    ),
    "a visit day of groups that nobody forms": (
        MUSIC,
        "activities:\n",
        "activities:\n  - {key: gala, kind: visit, title: Gala, who: [headteacher], " + DATED,
        "Days that people agree on are of kind 'agreed-visit'",
    ),
    "a list that nobody chooses from": (
        MENTORING,
        "lists:\n",
        "lists:\n  - {key: hats, title: Hats, entries: [{key: top, title: Top hat}]}\n",
        "nobody chooses from 'hats'",
    ),
    "a report after each answer that is only counted": (
        MENTORING,
        "after: [asking.closes, asking-again]",
        "after: [survey.submitted]",
        "name a moment of the clock",
    ),
    "a report of each school at a moment": (
        DEBATES,
        "after: [plan.agreed]",
        "after: [after]",
        "a report about the programme alone is made then",
    ),
    "a mail at a moment to who hosts": (MENTORING, TOLD, TOLD.replace("programme.", "host."), "that hosts a visit"),
    "a mail at a moment to who was there": (MENTORING, TOLD, TOLD.replace("programme.governor", "present"), "dated"),
    "a mail at a moment to a pair": (MENTORING, TOLD, TOLD.replace("programme.governor", "partners"), "of a pair"),
    "a mail at a moment to who wrote": (MENTORING, TOLD, TOLD.replace("programme.governor", "author"), "an entry"),
    "a mail on a pair to everybody of a role": (
        MENTORING,
        "on: mentoring.published\n    to: [partners]",
        "on: mentoring.published\n    to: [governor]",
        "this is about a pair, and at no school; write 'partners'",
    ),
    "a mail on a placement to a group": (
        MUSIC,
        "to: [conductor, accompanist, host.head-of-music]",
        "to: [group.head-of-music]",
        "of the schools of a group",
    ),
    "a mail on a placement to guests": (
        MUSIC,
        "to: [conductor, accompanist, host.head-of-music]",
        "to: [guest.head-of-music]",
        "of the schools that come to a visit",
    ),
    "a task at a moment for who is invited": (MENTORING, ASKED, ASKED.replace("programme.governor", "attendees"), "da"),
    "a task at a moment for guests": (MENTORING, ASKED, ASKED.replace("programme.", "guest."), "come to a visit"),
    "a report about the programme to a school's own": (
        MUSIC,
        "to: [programme.headteacher, coordinator]",
        "to: [headteacher, coordinator]",
        "at no school; write 'programme.headteacher'",
    ),
    "a form about the programme by a school's own": (
        MENTORING,
        "by: [programme.governor]",
        "by: [governor]",
        "at no school; write 'programme.governor'",
    ),
    "a form about a school by its host": (MUSIC, HOSTS, HOSTS.replace("[head", "[host.head"), "or somebody who is pl"),
    "an agreement to what is only counted": (MENTORING, LATER, "opens: survey.agreed", "there is 'survey.submitted'"),
    "changes that nobody asks for": (MENTORING, LATER, "opens: breather.changes-asked", "give it a `sign_off`"),
    "a release that nobody makes": (MENTORING, LATER, "opens: breather.released", "wait for 'breather.submitted'"),
    "answers that nobody gives": (MUSIC, NOTES, "opens: hall.answered", "give it `answered`"),
    "days of a visit that nobody agrees": (
        DEBATES,
        "opens: debate.held, due: opened + 3 working days",
        "opens: debate.agreed, due: opened + 3 working days",
        "write 'debate.dated'",
    ),
    "a task of what is cancelled": (
        DEBATES,
        "opens: debate.held, due: opened + 3 working days",
        "opens: debate.cancelled, due: opened + 3 working days",
        "what is cancelled asks nothing",
    ),
    "a day moved, for its placement": (MUSIC, NOTES, "opens: rehearsal.moved", "or 'rehearsal.held'"),
    "a round of placements changed": (MUSIC, NOTES, "opens: exchange.changed", "hears of 'exchange.published'"),
    "a round of pairs closed": (MENTORING, LATER, "opens: mentoring.closed", "write 'mentoring.published'"),
    "a pack for one of those who come": (MUSIC, "pack: stage-notes", "pack: head-count", "must be `about: school`"),
    "pairs of people of no school": (
        MENTORING,
        "who: [governor]\n    begins",
        "who: [warden]\n    begins",
        "'warden' is at no school",
    ),
    "words on a date to who was there": (
        MUSIC,
        "on: concert.invited\n    to: [conductor]",
        "on: concert.invited\n    to: [present]",
        "nobody yet when a date is told",
    ),
    "words on a date that lead home": (
        MUSIC,
        "{label: Say whether you play, page: answer}",
        "{label: Say whether you play, page: home}",
        "leads to one of: answer, dates",
    ),
    "an answer to no date": (
        MUSIC,
        "{label: See the halls, page: projects}",
        "{label: See the halls, page: answer}",
        "invites to nothing",
    ),
    "where a new date was before": (MUSIC, "on {activity.day}.", "on {activity.before}.", "knows no {activity.before}"),
    "who hosts what is at no school": (MUSIC, "on {activity.day}.", "in {host.name}.", "knows no {host.name}"),
    "words on a place that everybody has": (MUSIC, "on: concert.invited", "on: concert.offered", "everybody has a"),
    "somebody besides at a moment, by an answer": (
        DEBATES,
        "on: choosing.closes\n    to: [bench]",
        "on: choosing.closes\n    to: [bench]\n    also: [{when: {field: team.lift}, people: [coordinator]}]",
        "it knows no answers",
    ),
    "somebody besides by an answer about another school": (
        DEBATES,
        "also: [{when: {field: verdict.result, equals: [won]}, people: [coordinator]}]\n    digest",
        "also: [{when: {field: standing.division, equals: [newcomers]}, people: [coordinator]}]\n    digest",
        "it knows answers to: verdict",
    ),
    "somebody besides on a date, by an answer": (
        MUSIC,
        "on: concert.invited\n    to: [conductor]",
        "on: concert.invited\n    to: [conductor]\n    also: [{when: {field: hall.piano}, people: [coordinator]}]",
        "it knows no answers",
    ),
    "not before some weeks after a moment": (
        MUSIC,
        "  - key: curtain\n    on: bow\n",
        "  - key: curtain\n    on: bow\n    after: rehearsing.opens + 2 weeks\n",
        "name it here without an offset",
    ),
    "not before a form": (
        MUSIC,
        "  - key: curtain\n    on: bow\n",
        "  - key: curtain\n    on: bow\n    after: hall.submitted\n",
        "is no moment of the clock",
    ),
    "how far schools travel that nobody groups": (
        MUSIC,
        "matching:\n",
        "enrolment: {travel_km: 50}\nmatching:\n",
        "no schools are grouped",
    ),
    "an end of what is confirmed": (
        MENTORING,
        "do: {confirm: It took place.}, opens: mentoring.published,",
        "do: {confirm: It took place.}, done_when: {field: promise.private}, opens: mentoring.published,",
        "only an entry of the form that a task asks for ends it",
    ),
    "overdue, and nobody hears of it": (MENTORING, "missed: {tell: [partners]}", "missed: {}", "name people under `te"),
    "a role called like a form": (
        MUSIC,
        "- {key: stage-manager,",
        "- {key: hall, title: a hall}\n  - {key: stage-manager,",
        "nobody could tell what a form is about",
    ),
    "a role called like a subject": (
        MUSIC,
        "- {key: stage-manager,",
        "- {key: match, title: a match}\n  - {key: stage-manager,",
        "is a subject of its own",
    ),
    "a relation called like a role": (MUSIC, "{key: plays-for,", "{key: conductor,", "which is meant"),
    "wishes for what nobody plays in": (MUSIC, "of: hall, most: 2", "of: ready, most: 2", "are placed to 'hall'"),
    "one hour only": (MUSIC, '    ends: "17:30"\n', "", "write both `starts` and `ends`"),
    "a button without words": (MUSIC, "{label: See the halls,", "{label: ' ',", "this has no words"),
    "nothing to confirm": (MENTORING, "{confirm: It took place.}", "{confirm: ''}", "this has no words"),
    "an empty paragraph": (MENTORING, 'text: ["Somebody else will be found."]', 'text: [""]', "this has no words"),
    "a task reminded": (MENTORING, LATER, "opens: promise.reminded", "write 'promise.asked' with days after it"),
    "a report about everybody": (MENTORING, LATER, "opens: survey-report.released", "opens at a moment of the clock"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_it_is_right_as_it_stands(name: str) -> None:
    assert faults_of(RIGHT[name]) == ()


@pytest.mark.parametrize("what", IN_VAIN)
def test_it_is_refused_with_what_would_be_right(what: str) -> None:
    name, before, after, said = IN_VAIN[what]
    assert before in RIGHT[name]
    faults = faults_of(RIGHT[name].replace(before, after, 1))
    assert [fault for fault in faults if said in fault.what and fault.line > 1], faults
