import pytest

from services.programmes.domain.templates.reader import WrongTemplate, read_template
from services.programmes.files.templates import TemplateFolder
from shared.errors import Rejected
from tests.unit.programmes.made import RELEASED, TEMPLATE

TEXT = (RELEASED / "peer-visits.yaml").read_text(encoding="utf-8")


def test_the_survey_asks_the_two_statements_word_for_word():
    survey = next(form for form in TEMPLATE.forms if form.key == "survey")
    assert [(field.kind, field.label) for field in survey.fields] == [
        ("agreement", "I plan to use something from today in my own school"),
        ("agreement", "I saw something I want to share with other leaders"),
    ]


def test_what_a_round_of_peer_visits_consists_of():
    assert [(a.key, a.kind, a.facilitated) for a in TEMPLATE.activities] == [
        ("launch", "cohort-event", False),
        ("visit-day", "visit", True),
        ("mid-year", "cohort-event", False),
        ("closing", "cohort-event", False),
    ]
    assert TEMPLATE.matching.sizes == (3, 4)
    assert TEMPLATE.enrolment.pair == ("headteacher", "senior-leader")
    assert {form.key for form in TEMPLATE.forms} == {
        "visit-brief", "attendance", "appraisal", "take-home", "survey", "findings",
    }  # fmt: skip
    for report in TEMPLATE.reports[:2]:
        assert report.to == ("headteacher", "cpd-lead", "chair-of-governors", "clerk")


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("right", "wrong", "field", "fault"),
    [
        ("sizes: [3, 4]", "size: [3, 4]", "matching.size", "there is no such field; known here: kind, sizes"),
        ("sizes: [3, 4]", "sizes: []", "matching.sizes", "groups have 3 schools, 4, or either"),
        ("sizes: [3, 4]", "sizes: [3, 4, 5]", "matching.sizes", "groups have 3 schools, 4, or either"),
        ("closes: 09-25", "closes: 09-31", "enrolment.closes", "there is no day 09-31."),
        ("closes: 09-25", "closes: soon", "enrolment.closes", "Input should be a valid dictionary"),
        ("{first: 01-18, last: 03-26}", "{first: 01-18, last: 12-26}", "activities[3].window.last",
         "this day comes before the one it follows, in the school year from September to August."),
        ("on: CohortDrafted", "on: CohortDraft", "mails[1].on", "'CohortDraft' is no event; known: ActionOverdue"),
        ("pair: [headteacher, senior-leader]", "pair: [clerk]", "enrolment", "the pair names clerk, which"),
        ("key: mid-year", "key: launch", "whole template", "activity launch is declared twice."),
        ("notice_working_days: 10", "notice_working_days: -1", "scheduling.notice_working_days",
         "Input should be greater than or equal to 0."),
        ("kind: cohort-event", "kind: party", "activities[1].kind", "Input should be 'cohort-event' or 'visit'."),
        ("strengths: [1, 5]", "strengths: [5, 1]", "enrolment.strengths", "from 5 to 1 is no range."),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_line_and_field(right, wrong, field, fault):
    text = TEXT.replace(right, wrong, 1)
    with pytest.raises(WrongTemplate) as refused:
        read_template(text, "peer-visits.yaml")
    where, _, what = str(refused.value).partition(f", {field}: ")
    assert what.startswith(fault)
    line = int(where.removeprefix("peer-visits.yaml, line "))
    if "whole" not in field and field != "enrolment":
        assert line == line_of(text, wrong)


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "key: [", "a: 1\n  b: 2"])
def test_what_is_no_template_at_all(text):
    with pytest.raises(WrongTemplate, match=r"line [12]"):
        read_template(text, "x.yaml")


def test_every_fault_is_told_at_once():
    text = TEXT.replace("key: peer-visits", "key: Peer Visits", 1).replace("version: 2", "version: none", 1)
    with pytest.raises(WrongTemplate) as refused:
        read_template(text, "x.yaml")
    assert len(str(refused.value).splitlines()) == 2


def test_a_folder_of_templates(tmp_path):
    (tmp_path / "broken.yaml").write_text("key: broken\n", encoding="utf-8")
    assert TemplateFolder(RELEASED).get("peer-visits") == TEMPLATE
    with pytest.raises(Rejected, match=r"^unknown-template: There is no template '\.\./x'; known: broken\.$"):
        TemplateFolder(tmp_path).get("../x")
    with pytest.raises(Rejected, match=r"wrong-template: broken\.yaml, line 1, version: Field required"):
        TemplateFolder(tmp_path).get("broken")


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path):
    path = tmp_path / "peer-visits.yaml"
    path.write_text(TEXT, encoding="utf-8")
    folder = TemplateFolder(tmp_path)
    first = folder.get("peer-visits")
    assert folder.get("peer-visits") is first
    assert folder.names() == {"peer-visits"}
    path.write_text(TEXT.replace("title: ", "title: New ", 1), encoding="utf-8")
    assert folder.get("peer-visits").title == f"New {first.title}"
    path.write_text("key: broken\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Rejected, match="wrong-template"):
            folder.get("peer-visits")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("key: " + "[" * 200_000 + "]" * 200_000, "deep"),
        (TEXT + "\nkey: twice\n", "'key' is given twice"),
        ("key: &again\n  - *again\n", "anchors and aliases"),
    ],
    ids=["deep", "twice", "alias"],
)
def test_a_released_template_is_read_within_the_same_limits(text, fault):
    with pytest.raises(WrongTemplate, match=fault):
        read_template(text, "one.yaml")
