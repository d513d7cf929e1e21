"""What a template says and nothing would act on is refused where it stands: found by writing odd templates."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

RIGHT = (Path(__file__).parents[1] / "own_template" / "templates" / "debating-league.yaml").read_text(encoding="utf-8")
SPEAKERS = "{rule: least, of: speakers, number: 1}"
WON = "when: {field: verdict.result, equals: [won]}, opens: verdict.agreed"
RESULT = "{key: result, kind: choice, of: results, label"
PASSED_OVER = {
    "a reason in a form": (SPEAKERS, "{rule: least, of: speakers, number: 1, or_reason: true}", "no reason stands"),
    "a rule about another form": (SPEAKERS, "{rule: least, of: plan, number: 1}", "'plan' is no question of this form"),
    "a rule about nothing": (
        SPEAKERS,
        "{rule: least, of: nothing, number: 1}",
        "with several answers; there is: speakers",
    ),
    "a rule that counts a number": (
        SPEAKERS,
        "{rule: least, of: size, number: 1}",
        "'size' is no question of this form",
    ),
    "a day that is none": (SPEAKERS, "{rule: achievable-by, field: size, needs: {go: 1 weeks}}", "'size' is no day"),
    "more than there may be": ("least: 1, most: 3, label", "least: 4, most: 3, label", "at most 3 is less than 4"),
    "numbers the wrong way round": ("least: 2, most: 12", "least: 20, most: 12", "at most 12 is less than 20"),
    "a column twice": ("columns: [side, order]", "columns: [side, side]", "each column has a name of its own"),
    "a reminder before it is asked": ("remind: [due - 2 working days]}", "remind: [due - 30 weeks]}", "comes before"),
    "due before it is asked": (
        "due: opened + 4 weeks, remind: [due - 1 weeks, due",
        "due: opened - 4 weeks, remind: [due",
        "comes before 'fee'",
    ),
    "an answer that there is not": (
        WON,
        WON.replace("[won]", "[winning]"),
        "'winning' is no answer to 'verdict.result'",
    ),
    "an end that never comes": ("equals: [done, dropped]}", "equals: [finished]}", "'finished' is no answer"),
    "an answer in words": (WON, WON.replace("verdict.result", "team.speakers"), "nothing can hang on what it says"),
    "a question that hangs on a later one": (
        "shown_if: {field: lift}",
        "shown_if: {field: from-where}",
        "is asked later",
    ),
    "choices of two kinds": (
        RESULT,
        "{key: result, kind: choice, of: results, choices: [{key: a, title: A}], label",
        "leave one of the two out",
    ),
    "nothing to choose from": (RESULT, "{key: result, kind: choice, label", "nothing can be chosen"),
    "levels of nothing": ("kind: level, of: marks,", "kind: level,", "say of what a level is asked"),
    "an entry of a list twice": ("{key: lost, title: Lost}", "{key: won, title: Lost}", "'won' is here twice"),
    "a list without entries": (
        "entries: [{key: won, title: Won}, {key: lost, title: Lost}, {key: drawn, title: Drawn}]",
        "entries: []",
        "one entry at least",
    ),
    "a stage as a word": ("stages: [{key: not-yet, title: Not yet},", "stages: [Not yet,", "{key: ..., title: ...}"),
    "a page with nothing on it": (
        "{label: My page, page: home}",
        "{label: My page, page: projects}",
        "no list to choose from",
    ),
    "a page of no entry": ("{label: My page, page: home}", "{label: My page, page: entry}", "is about no entry"),
    "a form that waits for one of many": (
        "after: season.closes\n    findings",
        "after: asked-for.submitted\n    findings",
        "Name a form about a school",
    ),
    "written together on one phone": (
        "together: true\n    about: school\n    versioned",
        "together: true\n    offline: true\n    about: school\n    versioned",
        "leave one of the two out",
    ),
    "a mail to who may never read": (
        "to: [group.bench, coordinator]}",
        "to: [group.bench]}",
        "'coordinator' may never read what the button leads to",
    ),
    "a mail to what was taken back": (
        "on: verdict.submitted",
        "on: verdict.withdrawn",
        "'group.bench' may never read",
    ),
    "a page of no report": ("{label: My page, page: home}", "{label: My page, page: report}", "is about no report"),
    "how often, and not when": (
        "due: opened + 4 weeks, remind: [due - 1 weeks, due + 1 weeks]}",
        "due: opened + 4 weeks, times: 3}",
        "say how often it comes",
    ),
    "somebody who leads nothing": ("    facilitated: true\n", "", "never comes, since nobody says who came"),
    "an authority that is none": ("regions: near", 'regions: near\n    islands: ["banana"]', "no code of an authority"),
    "a phase that is none": (
        "regions: near",
        "regions: near\n    phases_apart: [[primary, banana]]",
        "is none of: primary",
    ),
    "a time zone that is none": ("timezone: Europe/London", "timezone: Europe/Lundon", "no time zone 'Europe/Lundon'"),
    "asked again at some time": ("ask_again: next year", "ask_again: tomorrow", "'tomorrow' is none of"),
    "until when nobody says maybe": ('answers: ["yes", maybe, "no"]', 'answers: ["yes", "no"]', "nobody can say maybe"),
}


def test_it_is_right_as_it_stands() -> None:
    assert faults_of(RIGHT) == ()


@pytest.mark.parametrize("what", PASSED_OVER)
def test_it_is_refused(what: str) -> None:
    before, after, said = PASSED_OVER[what]
    assert before in RIGHT
    faults = faults_of(RIGHT.replace(before, after, 1))
    assert [fault for fault in faults if said in fault.what and fault.line > 1], faults


@pytest.mark.parametrize(
    ("setting", "instead"),
    [
        ("named_only: [debate-coach]", "unless the coordinator allows"),
        ("deputy: true", "under `who`, after that of whom"),
    ],
)
def test_settings_with_another_way_say_which(setting: str, instead: str) -> None:
    course = f"""activities:
  - key: training
    kind: session
    title: Training
    who: [debate-coach]
    during: [season]
    starts: "09:00"
    ends: "10:00"
    attendance: {{{setting}}}
"""
    faults = faults_of(RIGHT.replace("activities:\n", course, 1))
    assert [fault for fault in faults if instead in fault.what], faults
