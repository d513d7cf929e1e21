"""What people send through their pages names who acts; the service that owns it refuses somebody who may not.

A page hides what is not for somebody, but anything on the bus can send a command. So each command that names who acts
stands here with the test in which a stranger is refused by the service itself.
"""

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import shared.commands
from shared.commands.base import Command
from tests.architecture.test_shape import ROOT

PAGES = ROOT / "services" / "portal" / "pages"
WHO = {"person_id", "by"}
"""The fields of a command that say who acts."""
_ENTRIES, _AGREED = "reporting/entries/test_access", "scheduling/agreed"
REFUSED = {
    "AcceptOffer": "matching/test_waiting_list::test_the_offer_is_taken_and_everybody_else_stays",
    "AgreeDays": f"{_AGREED}/test_agreeing::test_a_stranger_says_nothing_about_the_days",
    "AgreeEntry": f"{_ENTRIES}::test_every_command_of_a_stranger_is_answered_as_if_there_were_nothing",
    "AnswerDates": "scheduling/dates/test_agreement::test_answers_are_refused_with_their_rule",
    "AnswerIntroduction": "peer_visits/test_introductions::test_only_who_was_asked_answers_and_no_answer_is_final",
    "AnswerInvitation": "scheduling/handlers/test_answers::test_somebody_who_is_not_invited_cannot_answer",
    "AnswerLines": "reporting/entries/test_lines::test_what_is_no_answer_is_refused",
    "AnswerParticipation": "programmes/test_participation::test_nobody_answers_for_a_school_of_which_they_are_not",
    "AnswerSurvey": "reporting/test_handlers_forms::test_only_those_who_were_there_answer",
    "AskForChanges": f"{_ENTRIES}::test_every_command_of_a_stranger_is_answered_as_if_there_were_nothing",
    "CatchUpSessions": "courses/test_course::test_nobody_speaks_for_somebody_else",
    "CancelAgreedVisit": f"{_AGREED}/test_changes::test_a_stranger_changes_no_day",
    "ChangeAction": "reporting/entries/test_actions::test_whoever_leads_names_another_owner_and_day",
    "ChangeProfile": "programmes/test_profiles::test_another_school_s_profile_is_not_there",
    "ChooseTheme": "reporting/counting/test_polls::test_a_tie_waits_for_whom_the_template_names",
    "CloseSharedLink": "reporting/counting/test_shared_links::test_only_whom_the_form_names_closes_a_link",
    "ConfirmTask": "tasks/test_mornings::test_a_task_is_confirmed_by_who_was_asked",
    "CountAnswers": "reporting/counting/test_answering::test_what_is_wrong_is_said_and_nothing_is_counted",
    "DeclineDays": f"{_AGREED}/test_agreeing::test_a_stranger_says_nothing_about_the_days",
    "DeclineOffer": "matching/test_waiting_list::test_the_offer_is_taken_and_everybody_else_stays",
    "GiveUpCall": "scheduling/handlers/test_calls::test_only_who_is_in_a_call_sees_it_and_gives_it_up",
    "MoveAgreedVisit": f"{_AGREED}/test_changes::test_a_stranger_changes_no_day",
    "OpenSharedLink": "reporting/counting/test_shared_links::test_only_whom_the_form_names_opens_a_link",
    "PickThing": "matching/test_placement_rounds::"
    "test_schools_pick_themselves_first_come_by_the_same_rules_and_with_the_same_list",
    "ProposeDays": f"{_AGREED}/test_agreeing::test_a_stranger_says_nothing_about_the_days",
    "RecordAttendance": "scheduling/handlers/test_visit_days::"
    "test_attendance_is_neither_for_anybody_to_record_nor_before_the_day",
    "RecordSession": "courses/test_course::test_nobody_speaks_for_somebody_else",
    "RecordTakeHome": "reporting/test_handlers_forms::test_only_who_came_from_another_school_takes_something_home",
    "ReleaseEntry": f"{_ENTRIES}::test_every_command_of_a_stranger_is_answered_as_if_there_were_nothing",
    "SaveDraft": f"{_ENTRIES}::test_a_form_is_filled_in_by_whom_it_names_about_what_there_is",
    "SubmitAppraisal": "reporting/test_handlers_forms::test_nobody_else_appraises",
    "SubmitEntry": f"{_ENTRIES}::test_every_command_of_a_stranger_is_answered_as_if_there_were_nothing",
    "EndCoursePlace": "improvement_model/test_signing_up::"
    "test_who_has_not_signed_up_cannot_leave_and_nobody_leaves_for_somebody_else",
    "SubmitFindings": "reporting/test_handlers_findings::test_the_other_of_the_pair_may_submit_and_nobody_else",
    "TakeCallSlot": "scheduling/handlers/test_call_offers::"
    "test_only_who_was_asked_chooses_and_nothing_is_left_of_who_is_erased",
    "TickDuties": "scheduling/duties/test_weeks::test_another_schools_duty_is_refused",
    "TickSessions": "courses/test_course::test_nobody_speaks_for_somebody_else",
    "WithdrawEntry": f"{_ENTRIES}::test_every_command_of_a_stranger_is_answered_as_if_there_were_nothing",
    "WriteVisitBrief": "scheduling/handlers/test_visit_days::"
    "test_a_brief_is_written_by_the_host_and_kept_from_the_event",
}
"""Command -> the test of its owner."""
OF_ONESELF = {"BookOpenCall", "ChooseMails"}
"""Commands about nobody but who sends them."""


def sent() -> set[str]:
    """The commands that pages send which name who acts; coordinators, who may do everything, send the console's."""
    for module in iter_modules(shared.commands.__path__, "shared.commands."):
        import_module(module.name)
    every = {one.__name__: one for one in _subclasses(Command)}
    pages = [path for path in PAGES.rglob("*.py") if "console" not in path.relative_to(PAGES).parts]
    named = {name for path in pages for name in _names(ast.parse(path.read_text(encoding="utf-8")))}
    return {name for name in named & every.keys() if WHO & every[name].model_fields.keys()}


def _names(tree: ast.AST) -> set[str]:
    return {getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(tree)}


def _subclasses(kind: type[Command]) -> list[type[Command]]:
    return [kind, *(one for each in kind.__subclasses__() for one in _subclasses(each))]


def test_every_command_that_names_who_acts_is_refused_from_a_stranger() -> None:
    assert sent() == REFUSED.keys() | OF_ONESELF


@pytest.mark.parametrize("test", sorted(set(REFUSED.values())))
def test_the_test_named_is_there_and_refuses(test: str) -> None:
    file, _, name = test.partition("::")
    tree = ast.parse(Path(ROOT / "tests" / "unit" / f"{file}.py").read_text(encoding="utf-8"))
    (found,) = [
        one for one in tree.body if isinstance(one, ast.AsyncFunctionDef | ast.FunctionDef) and one.name == name
    ]
    assert {"Rejected", "refused", "rule_of", "rule"} & _names(found)
