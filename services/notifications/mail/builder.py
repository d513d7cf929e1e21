"""Writes a mail once: its words, links, calendar entry and attachments. Every attempt sends what is stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from services.notifications.domain import completions, links
from services.notifications.domain.built import Built
from services.notifications.domain.details import ReportFacts
from services.notifications.domain.directory import Card
from services.notifications.domain.invitations import Mailbox, ics
from services.notifications.domain.keys import message_id
from services.notifications.domain.kinds import COURSE_OVER
from services.notifications.domain.mail import Mail
from services.notifications.domain.seals import stop_tag, tagged
from services.notifications.domain.targets import refs_of
from services.notifications.mail.calendar_entry import entry
from services.notifications.mail.contexts import context_for
from services.notifications.mail.link_issuing import AnyLink, issue
from services.notifications.mail.mime import Attachment, Content, Envelope, cancelled_name, dated_name, message
from services.notifications.mail.presenter import Presenter
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import Snapshot, falling_away
from services.notifications.mail.views import PersonView
from services.notifications.ports import OtherServices
from shared.commands.event_programmes import EventProgramme
from shared.commands.reports import Paper
from shared.events.notifications import Purpose

AGREEMENTS = frozenset({"dates-offered", "dates-refused", "dates-agreed", "dates-withdrawn"})
"""Kinds of mail that print what a day is for."""
OWN_WORDS = "own-words"
QUOTING = frozenset({"days-declined", "agreed-day-cancelled"})
"""Kinds of mail that quote what people wrote about days that they agree."""


@dataclass(frozen=True)
class Office:
    """Who the mails are from, and where their links lead."""

    sender: Mailbox
    public_url: str
    attach_up_to: int = 1_000_000

    @property
    def domain(self) -> str:
        """The domain of Message-IDs."""
        return self.sender.address.partition("@")[2]


@dataclass(frozen=True)
class Written:
    """A mail as it goes out, and the events about its links."""

    built: Built
    links: tuple[AnyLink, ...]


class Builder:
    """Writes mails."""

    def __init__(self, office: Office, renderer: Renderer, services: OtherServices) -> None:
        self._office = office
        self._renderer = renderer
        self._services = services
        self._pdfs: dict[tuple[str, int], bytes | None] = {}

    async def look_up(self, known: Snapshot, mails: Sequence[Mail]) -> Snapshot:
        """Return the snapshot with what these mails print and other services own, who are asked for it."""
        visits = {mail.target_id for mail in mails if completions.brief(mail.target_id) in known.finished}
        briefs = {visit_id: await self._services.brief(visit_id) for visit_id in sorted(visits)}
        dated = {mail.target_id for mail in mails if mail.template in AGREEMENTS}
        agreements = {one: await self._services.agreement(one) for one in sorted(dated)}
        attempts = {mail.refs["attempt"] for mail in mails if "attempt" in mail.refs}
        sign_ins = {one: await self._services.sign_in(one) for one in sorted(attempts)}
        events = await self._events(known, mails)
        asked = {mail.refs["enquiry"] for mail in mails if "enquiry" in mail.refs}
        enquiries = {one: await self._services.enquiry(one) for one in sorted(asked)}
        days = {(one.refs["match"], one.refs["activity"]) for one in mails if one.template in QUOTING}
        arranged = {one: await self._services.days(*one) for one in sorted(days)}
        papers = {one.mail_id: await self._papers(one, known) for one in mails if one.template == "agreed-day"}
        return replace(
            known,
            papers=papers,
            arranged={one: detail for one, detail in arranged.items() if detail is not None},
            sign_ins={one: secrets for one, secrets in sign_ins.items() if secrets is not None},
            events=events,
            enquiries={one: detail for one, detail in enquiries.items() if detail is not None},
            briefs={visit_id: brief for visit_id, brief in briefs.items() if brief is not None},
            agreements={one: detail for one, detail in agreements.items() if detail is not None},
        )

    async def _events(self, known: Snapshot, mails: Sequence[Mail]) -> dict[str, EventProgramme]:
        """Return what happens at the events that these mails invite to; it is the same for everybody invited."""
        invited = {
            mail.target_id: mail.person_id
            for mail in mails
            if mail.method == "REQUEST" and mail.refs.get("target_kind") == "cohort-event"
        }
        invited |= {target.target_id: mail.person_id for mail in mails for target in known.dates(mail)}
        found = {one: await self._services.event_programme(one, person) for one, person in sorted(invited.items())}
        return {one: programme for one, programme in found.items() if programme is not None}

    async def _papers(self, mail: Mail, known: Snapshot) -> tuple[Paper, ...]:
        """The papers of the meeting that a mail invites to, as its reader may have them."""
        programme_id, activity = mail.programme_id or "", mail.refs.get("activity", "")
        declared = known.language(programme_id).activity(activity)
        if declared is None or not declared.papers or mail.left:
            return ()
        return await self._services.papers(programme_id, activity, mail.refs["match"], mail.person_id)

    async def write(self, mail: Mail, known: Snapshot, now: dt.datetime) -> Written:
        """Write one mail. Raises KeyError when something it is about is not known, Permanent for unsendable headers."""
        attachment = await self._report(mail)
        card = known.cards[mail.person_id]
        tokens, issued = issue(mail, known, now)
        presenter = Presenter(mail, known, attached=attachment is not None)
        words = self._words(presenter, tokens)
        rendered = self._renderer.render(OWN_WORDS if known.worded(mail) else mail.template, words)
        identity = message_id(mail.mail_id, self._office.domain, mail.edition)
        seal = known.entry_seal(mail)
        calendar, gone = self._calendar(presenter, card, seal), self._cancelled(mail, known, card)
        dates, method = self._dates(mail, known, card), mail.method
        if len(dates) == 1:
            calendar, dates, method = dates[0][1], (), "REQUEST"
        if len(gone) == 1 and mail.template == COURSE_OVER:
            calendar, gone, method = gone[0], (), "CANCEL"
        attached = (attachment,) if attachment else ()
        content = Content(rendered.text, rendered.html, calendar, method, attached, gone, dates)
        envelope = self._envelope(presenter, card, tokens, subject=rendered.subject, identity=identity, now=now)
        mime = message(envelope, content)
        secrets = [*tokens.values(), *self._secrets(mail, known)]
        built = Built(
            mail_id=mail.mail_id,
            to=card.email,
            subject=rendered.subject,
            template_version=rendered.version,
            message_id=identity,
            mime=mime,
            text=links.without_tokens(rendered.text, secrets),
            html=links.without_tokens(rendered.html, secrets),
            attachments=(
                *(["invite.ics"] if calendar else []),
                *(one.filename for one in attached),
                *(name for name, _ in dates),
                *(cancelled_name(number) for number, _ in enumerate(gone, start=1)),
            ),
            mentions=tuple(sorted(presenter.mentions)),
            plain_entry=calendar is not None and not seal,
        )
        return Written(built, issued)

    def _words(self, presenter: Presenter, tokens: dict[str, str]) -> dict[str, object]:
        programme = presenter.programme
        coordinator = None
        if programme and programme.coordinator_id in presenter.known.cards and presenter.mail.role != "coordinator":
            coordinator = PersonView(presenter.name(programme.coordinator_id), "coordinator")
        urls = {
            name.replace("-", "_") if name in get_args(Purpose) else name: self._url(token)
            for name, token in tokens.items()
        }
        if "enquiry" in presenter.mail.refs:
            urls["enquiries"] = f"{self._console(presenter.mail)['programme']}/enquiries"
        console = self._console(presenter.mail)
        urls |= {f"console_{page}": f"{console['programme']}/{page}" for page in ("agreed", "polls", "reports")}
        signing = presenter.known.sign_in(presenter.mail)
        if signing is not None:
            urls["sign_in"] = f"{self._office.public_url}{signing.path}"
        return {
            "me": presenter.me(),
            "programme": programme.name if programme else "Kindred",
            "coordinator": coordinator,
            "links": urls,
            "console": console,
            **context_for(presenter),
        }

    def _console(self, mail: Mail) -> dict[str, str]:
        """Where the coordinator's pages stand, and those of the mail's programme."""
        pages = f"{self._office.public_url}/console"
        return {"pages": pages, "programme": f"{pages}/programmes/{mail.programme_id}"}

    @staticmethod
    def _secrets(mail: Mail, known: Snapshot) -> tuple[str, ...]:
        """Return what else of a mail may neither be kept nor shown."""
        signing = known.sign_in(mail)
        return (signing.path.rpartition("/")[2], signing.code) if signing else ()

    def _url(self, token: str) -> str:
        return f"{self._office.public_url}/l/{token}"

    def _cancelled(self, mail: Mail, known: Snapshot, card: Card) -> tuple[bytes, ...]:
        """Return the calendar entries that a pause, or the end of somebody's part, takes away, each under its UID."""
        found = []
        over = [(one, one.sequence) for one in known.dates_over(mail)]
        away = [known.targets[one] for one in falling_away(mail)]
        over += [(one, one.sequence + (one.state == "scheduled")) for one in away]  # its own may still be on its way
        for target, sequence in over:
            one = mail.model_copy(update={"refs": refs_of(target), "method": "CANCEL", "sequence": sequence})
            calendar = self._calendar(Presenter(one, known), card, known.entry_seal(one))
            found += [calendar] if calendar else []
        return tuple(found)

    def _dates(self, mail: Mail, known: Snapshot, card: Card) -> tuple[tuple[str, bytes], ...]:
        """Return the invitations to the dates of a course, each under its UID, by the name of its file."""
        found = []
        for number, target in enumerate(known.dates(mail), start=1):
            update = {"refs": {**refs_of(target)}, "method": "REQUEST", "sequence": target.sequence}
            one = mail.model_copy(update=update)
            calendar = self._calendar(Presenter(one, known), card, known.entry_seal(one))
            found += [(dated_name(number, target.on), calendar)] if calendar else []
        return tuple(found)

    def _calendar(self, presenter: Presenter, card: Card, seal: str) -> bytes | None:
        target = presenter.known.target(presenter.mail)
        if presenter.mail.method is None or target is None:
            return None
        programme = presenter.programme.name if presenter.programme else ""
        to = Mailbox(card.name, card.email)
        return ics(
            entry(
                presenter.mail,
                target,
                presenter.target(target),
                organizer=self._office.sender,
                attendee=to,
                programme=programme,
                seal=seal,
            )
        )

    def _envelope(
        self,
        presenter: Presenter,
        card: Card,
        tokens: dict[str, str],
        *,
        subject: str,
        identity: str,
        now: dt.datetime,
    ) -> Envelope:
        programme = presenter.programme
        answers_to = presenter.mail.refs.get("writer") or (programme.coordinator_id if programme else "")
        reader = presenter.known.cards.get(answers_to)
        unsubscribe = None
        if "unsubscribe" in tokens:
            mail_id = presenter.mail.mail_id
            stop = tagged(self._office.sender.address, stop_tag(mail_id), presenter.known.seals.stop(mail_id))
            unsubscribe = (f"mailto:{stop}", self._url(tokens["unsubscribe"]))
        return Envelope(
            sender=self._office.sender,
            to=Mailbox(card.name, card.email),
            subject=subject,
            message_id=identity,
            sent=now,
            reply_to=Mailbox(reader.name, reader.email) if reader else None,
            unsubscribe=unsubscribe,
        )

    async def _report(self, mail: Mail) -> Attachment | None:
        report_id, report = mail.refs.get("report"), mail.details
        if report_id is None or not isinstance(report, ReportFacts) or report.size > self._office.attach_up_to:
            return None
        place = report_id, report.edition
        if place not in self._pdfs:
            self._pdfs = dict(list(self._pdfs.items())[-20:])
            self._pdfs[place] = await self._services.report_pdf(*place, self._office.attach_up_to)
        pdf = self._pdfs[place]
        return Attachment(f"{report.kind}.pdf", "application/pdf", pdf) if pdf else None
