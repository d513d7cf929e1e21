"""Which commands and queries programs may send over HTTP, with the scope that each wants; `private` names the others.

A request that says who acts says it by the token: the field is not part of the API. In `AS_ONESELF` the token's person
stands in it; in `AS_COORDINATOR` it stays empty, which is how owners know the coordinator.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.commands import (
    actions,
    agreed_visits,
    audit,
    brochures,
    courses_listed,
    duties,
    enquiries,
    entries_listed,
    event_programmes,
    forms,
    imports,
    inspections,
    introductions,
    matching,
    notifications,
    notifications_replies,
    outcomes,
    own,
    pairs,
    participation,
    parties,
    people,
    polls,
    previews,
    programme_dates,
    programme_states,
    programmes,
    programmes_queries,
    reports,
    rounds,
    scheduling,
    scheduling_calendars,
    scheduling_changes,
    scheduling_dates,
    scheduling_duties,
    scheduling_own,
    scheduling_suiting,
    sessions,
    sharing,
    tasks,
    template_upgrades,
    templates,
)
from shared.commands.base import Command, Query
from shared.commands.scopes import CHANGE, READ

Request = type[Command] | type[Query]
QUERIES: Mapping[str, tuple[type[Query], ...]] = {
    "programmes": (
        programmes_queries.ListProgrammes, programmes_queries.ListTemplates, polls.ShowPolls, forms.ShowForms,
        enquiries.ListEnquiries, enquiries.ShowEnquiry, brochures.ListBrochures, own.ListNeeds,
        templates.ShowTemplate, templates.ShowTemplateCheck, templates.ShowSetup, template_upgrades.CompareTemplate,
    ),
    "schools": (
        programmes_queries.ListSchools, programmes_queries.ShowSchool, programmes_queries.FindAuthority,
        programmes_queries.ListEnrolments, programmes_queries.NamePeople, programmes_queries.EnrolmentForm,
        people.FindPeople, programmes.ImportStatus, programmes.ListProblemRows,
        imports.ShowImportUndo, imports.ListImports, participation.ListParticipation,
        outcomes.CountOutcomes,
        parties.ListParties, parties.ListRelations, parties.ListCategories, inspections.ListInspections,
    ),
    "groups": (
        matching.ListCohorts, matching.ShowCohort, matching.WhyGroup, matching.WhyNot, matching.ShowCurve,
        matching.WhatIf, matching.ListPins, sharing.ShowSharing, rounds.ShowRound, pairs.ShowPairs,
    ),
    "dates": (
        scheduling.ListVisits, scheduling.ShowVisit, scheduling.ShowCohortEvent, scheduling.ShowCalendar,
        scheduling.ShowCalendarImpact, scheduling_changes.WhatIf, event_programmes.ShowEventProgramme,
        scheduling_dates.ListAgreements, scheduling_dates.ShowAgreement, scheduling_dates.ListCalls,
        scheduling_dates.ListCallOffers, scheduling_dates.ShowCallOffer, scheduling_dates.ShowCallSlots,
        scheduling_suiting.FindSuitingDays, scheduling_duties.LayOutCommitment, agreed_visits.ListDays,
        agreed_visits.ShowDays, duties.ListDuties, duties.SumDuties, sessions.ListCourses, sessions.ShowCourse,
        sessions.ShowSession, own.ListDates, scheduling_calendars.ReadTermFile, scheduling_own.ListOwnVisits,
        scheduling_own.ListOwnAgreements, scheduling_own.ListOwnDuties,
        programme_dates.ListProgrammeDates, courses_listed.BrowseCourses,
    ),
    "mails": (
        notifications.ListMails, notifications.ShowMail, notifications_replies.ListReplies,
        notifications_replies.ShowReply,
        previews.ListMailPreviews, previews.PreviewMail,
    ),
    "forms": (
        forms.ListEntries, forms.ShowEntry, forms.EntryHistory, entries_listed.BrowseEntries,
        entries_listed.ListOpenForms, actions.ListActions, reports.ListReports, reports.ShowReport,
        reports.FetchReport,
    ),
    "tasks": (tasks.ListTasks, tasks.ShowTask),
    "audit": (audit.ListAudit, audit.VerifyAudit),
}  # fmt: skip
COMMANDS: Mapping[str, tuple[type[Command], ...]] = {
    "programmes": (
        programmes.OpenProgramme, programmes.CloseEnrolment, programmes.ReopenEnrolment,
        programme_states.RecruitProgramme, programme_states.PostponeProgramme, programme_states.ResumeProgramme,
        programme_states.CompleteProgramme, programme_states.ArchiveProgramme, template_upgrades.UpgradeProgramme,
        polls.ChooseTheme, enquiries.CloseEnquiry, brochures.PublishBrochure, brochures.UnpublishBrochure,
        templates.CheckTemplate, templates.TakeTemplate, templates.WithdrawTemplate, templates.ChooseLeftOpen,
    ),
    "schools": (
        programmes.ImportFile, programmes.EnrolSchool, programmes.AdmitSchool, programmes.AmendEnrolment,
        programmes.CorrectEnrolment, programmes.WithdrawSchool, programmes.AppointFacilitator,
        programmes.AddPerson, programmes.ReplacePerson,
        programmes.LeaveRole, programmes.CorrectAddress, participation.AskSchool, participation.AnswerParticipation,
        participation.ExceptFromRule, participation.DecideParticipation, parties.EnrolTrust, parties.EnrolPartnership,
        parties.ChangePartnership, parties.TrainTogether, parties.WithdrawParty, parties.NamePartyPerson,
        parties.ReplacePartyPerson,
        parties.LeavePartyRole, parties.DeclareRelation, parties.EndRelation, parties.HandOverPlaces,
        parties.DecideCategory, imports.GoOnWithImport, imports.UndoImport,
        inspections.NoteInspection, inspections.TakeBackInspection,
    ),
    "groups": (
        matching.PublishCohort, matching.RematchCohort, matching.ChooseRematch, matching.CancelMatching,
        matching.PinSchools, rounds.DraftRound, rounds.PinPlacement, rounds.ForbidPlacement, rounds.FreePlacement,
        rounds.PickThing, rounds.PublishRound, rounds.WithdrawPlacement, rounds.AcceptOffer, rounds.DeclineOffer,
        pairs.PairPeople, pairs.KeepApart, pairs.FreePeople, pairs.EndPair,
    ),
    "dates": (
        scheduling_calendars.ImportBankHolidays, scheduling.ImportCalendar,
        scheduling_calendars.ImportExamWindows, scheduling.CloseSchoolDays, scheduling.DraftCalendar,
        scheduling.PublishVisits, scheduling.MoveVisit,
        scheduling.CancelVisit, scheduling.MoveCohortEvent, scheduling.CancelCohortEvent, scheduling.AllowSubstitute,
        scheduling.AnswerInvitation, scheduling_changes.ChangeCalendar, event_programmes.DescribeCohortEvent,
        scheduling_dates.OfferDates, scheduling_dates.WithdrawDates, scheduling_dates.BookCall,
        scheduling_dates.CancelCall, scheduling_dates.OfferCall, agreed_visits.ProposeDays, agreed_visits.DeclineDays,
        agreed_visits.AgreeDays, agreed_visits.NeedDays, agreed_visits.MoveAgreedVisit,
        agreed_visits.CancelAgreedVisit, agreed_visits.RecordAgreedVisit, sessions.PlanSessions,
        sessions.LimitCourse, sessions.SetSessions, duties.CancelDutyDay,
        sessions.PublishSessions, sessions.MoveSession, sessions.CancelSession, duties.MoveDutyDay,
    ),
    "mails": (
        notifications.ResendMail, notifications.ResendFailed, notifications_replies.PlaceReply,
        notifications_replies.CloseReply,
    ),
    "forms": (
        forms.SaveDraft, forms.SubmitEntry, forms.AskForChanges, forms.AnswerLines, forms.AgreeEntry,
        introductions.AnswerIntroduction, forms.ReleaseEntry, forms.WithdrawEntry, actions.ChangeAction,
        reports.CompileReport,
    ),
    "tasks": (tasks.ConfirmTask, tasks.ExcuseTask, tasks.MarkPaid),
}  # fmt: skip
AS_ONESELF: Mapping[Request, str] = {
    **dict.fromkeys(
        (
            forms.SaveDraft, forms.SubmitEntry, forms.AskForChanges, forms.AnswerLines, forms.AgreeEntry,
            introductions.AnswerIntroduction, forms.ReleaseEntry, forms.WithdrawEntry,
            forms.ShowEntry, forms.ListEntries, forms.EntryHistory,
            entries_listed.BrowseEntries, entries_listed.ListOpenForms, actions.ListActions, actions.ChangeAction,
            reports.ShowReport, reports.FetchReport, polls.ChooseTheme, tasks.ConfirmTask, scheduling_own.ListOwnVisits,
            scheduling_own.ListOwnAgreements, scheduling_own.ListOwnDuties,
        ),
        "person_id",
    ),
    duties.SumDuties: "reader_id",
    reports.ListReports: "reader_id",
}  # fmt: skip
"""The field in which the token's person stands."""
AS_COORDINATOR: Mapping[Request, str] = dict.fromkeys(
    (
        participation.AnswerParticipation, rounds.PickThing, rounds.AcceptOffer, rounds.DeclineOffer,
        agreed_visits.ShowDays, agreed_visits.ProposeDays, agreed_visits.DeclineDays, agreed_visits.AgreeDays,
        agreed_visits.NeedDays, agreed_visits.MoveAgreedVisit, agreed_visits.CancelAgreedVisit,
        agreed_visits.RecordAgreedVisit, event_programmes.ShowEventProgramme,
    ),
    "person_id",
)  # fmt: skip
"""The field that is left empty."""

OF_PEOPLE: Mapping[Request, str] = {
    **{
        request: field
        for request, field in AS_ONESELF.items()
        if request not in {polls.ChooseTheme, reports.ListReports}
    },
    **{
        request: field
        for request, field in AS_COORDINATOR.items()
        if request not in {event_programmes.ShowEventProgramme, rounds.PickThing}
    },
    **dict.fromkeys(
        (
            tasks.ListTasks, scheduling.AnswerInvitation, scheduling_dates.ListCalls, scheduling_dates.ListCallOffers,
            own.ListDates,
        ),
        "person_id",
    ),
}  # fmt: skip
"""What somebody may send who is no coordinator, and the field in which they stand: their owners answer with, and take,
no more than what is that person's own or open to them. Everything else is not there for their tokens.
`tests/architecture/test_what_people_read.py` holds each answer to it."""


@dataclass(frozen=True)
class Public:
    """A request of the API. `own`: the field that is not part of it; `filled`: the token's person stands there."""

    request: Request
    scope: str
    own: str = ""
    filled: bool = False

    @property
    def subject(self) -> str:
        """Where it is sent on the bus."""
        return self.request.subject()

    @property
    def path(self) -> str:
        """Where it is sent over HTTP, below `/api`: the subject with slashes."""
        return "/" + self.subject.replace(".", "/")


def _declared() -> Iterator[Public]:
    for act, declared in ((READ, QUERIES), (CHANGE, COMMANDS)):
        for area, requests in declared.items():
            for request in requests:
                own = AS_ONESELF.get(request) or AS_COORDINATOR.get(request, "")
                yield Public(request, f"{area}:{act}", own, request in AS_ONESELF)


PUBLIC: Mapping[str, Public] = {one.subject: one for one in _declared()}
"""Everything that a token may send, by subject."""
