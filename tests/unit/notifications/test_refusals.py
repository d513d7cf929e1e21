"""Whose fault a refusal is: only what is about the recipient holds an address; in doubt it holds nobody."""

import datetime as dt

import pytest

from services.notifications.domain.bounces import Failure
from services.notifications.domain.delivery import Attempt, Verdict, after_bounce, judge
from services.notifications.domain.refusals import enhanced, fault_of, reply_code

NOW = dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("5.1.1", "recipient"), ("5.1.2", "recipient"), ("5.1.3", "recipient"), ("5.1.6", "recipient"),
        ("5.1.10", "recipient"), ("5.2.1", "recipient"), ("5.4.1", "recipient"),
        ("5.2.2", "full"), ("4.2.2", "full"), ("5.2.121", "full"), ("5.2.122", "full"),
        ("5.1.7", "operator"), ("5.1.8", "operator"), ("5.3.5", "operator"), ("5.4.5", "operator"),
        ("5.7.0", "operator"), ("5.7.1", "operator"), ("5.7.26", "operator"), ("5.7.606", "operator"),
        ("4.7.28", "operator"), ("5.5.1", "operator"),
        ("5.4.4", "away"), ("5.4.7", "away"), ("4.4.1", "away"),
        ("5.0.0", "unclear"), ("5.1.0", "unclear"), ("5.1.9", "unclear"), ("5.2.0", "unclear"), ("5.2.3", "unclear"),
        ("5.3.4", "unclear"), ("5.6.0", "unclear"), ("4.1.1", "unclear"), ("", "unclear"),
    ],
)  # fmt: skip
def test_a_code_says_whose_fault_it_is(code, fault):
    assert fault_of(code, "") == fault
    assert fault_of("", f"smtp; 550 {code} Nope") == fault


@pytest.mark.parametrize(
    ("status", "said", "fault"),
    [
        ("5.0.0", "550 5.7.1 Refused", "operator"),
        ("5.1.1", "smtp; 550 5.7.1 Refused", "operator"),
        ("5.7.1", "smtp; 550 5.1.1 Refused", "recipient"),
        ("5.0.0", "550-5.1.1 nobody is here by that name, 550 5.1.1 bye", "recipient"),
        ("5.0.0", "5.1.0 - cannot: 550 5.7.1 Refused", "operator"),
        ("5.1.1", "554 we take nothing from this IP: listed at a DNSBL", "operator"),
        ("5.1.1", "550 sender domain has no DMARC policy", "operator"),
        ("5.1.1", "552 the mailbox of this user is full", "full"),
        ("5.0.0", "550 there is no such user", "recipient"),
        ("", "550 <nobody@spam.example>: unknown recipient", "recipient"),
        ("5.5.0", "550 mailbox unavailable", "recipient"),
        ("", "450 mailbox unavailable", "unclear"),
        ("5.0.0", "550 connection timed out", "away"),
        ("5.0.0", "550 non merci", "unclear"),
        ("", "421-4.7.28 an unusual rate of mail 421 4.7.28 see our pages", "operator"),
        ("5.0.0", "550-5.1.10 RESOLVER.ADR.RecipientNotFound", "recipient"),
        ("5.0.350", "550 5.0.350 Remote server returned an error -> 550 User unknown", "recipient"),
        ("5.0.350", "550 5.0.350 Remote server returned an error -> 550 5.7.1 Nope", "operator"),
        ("", "550 5.4.316 Message expired, connection refused(Socket error code 10061)", "away"),
        ("", "550 Verification failed for <programmes@kindred.example> Called: 192.0.2.1", "operator"),
        ("", "550-Callback setup failed while verifying <programmes@kindred.example>", "operator"),
        ("", "521 5.2.1 :  (DNS:NR)", "unclear"),
    ],
)
def test_the_refusing_servers_own_words_go_before_what_the_reporting_one_made_of_them(status, said, fault):
    assert fault_of(status, said) == fault


@pytest.mark.parametrize(
    "text", ["host 192.5.1.1 said", "Kindred/5.1.1", "version 8.5.1.1", "v5.1.1", "5.9.1", "id 5.1.1234"]
)
def test_what_merely_looks_like_a_code_is_none(text):
    assert enhanced(text) == ""


@pytest.mark.parametrize("text", ["[198.51.100.550]", "port 2525", "10550", "a550", "room/550"])
def test_what_merely_looks_like_a_reply_is_none(text):
    assert reply_code(text) == ""


def after(attempt: Attempt, hours: float = 0) -> Verdict:
    first = NOW - dt.timedelta(hours=hours)
    return judge(attempt, attempts=1, first_tried=first, now=NOW, reminder=False, extra_used=False, chance=1.0)


@pytest.mark.parametrize(
    ("code", "text", "stage", "state", "fault"),
    [
        (550, "5.1.1 No", "rcpt", "bounced", "recipient"),
        (550, "5.4.1 Recipient address rejected: Access denied", "rcpt", "bounced", "recipient"),
        (550, "5.2.1 Disabled", "rcpt", "bounced", "recipient"),
        (550, "Non", "rcpt", "bounced", "recipient"),
        (550, "5.1.8 Bad outbound sender", "rcpt", "deferred", "operator"),
        (550, "relaying is not permitted", "rcpt", "deferred", "operator"),
        (554, "5.7.1 On a block list", "rcpt", "deferred", "operator"),
        (550, "5.4.5 Daily sending quota exceeded", "rcpt", "deferred", "operator"),
        (552, "5.2.2 Full", "rcpt", "deferred", "full"),
        (550, "5.1.1 No", "mail", "deferred", "operator"),
        (553, "No", "mail", "deferred", "operator"),
        (550, "5.1.1 No", "data", "failed", "unclear"),
        (554, "5.6.0 Cannot read this", "data", "failed", "unclear"),
    ],
)
def test_only_a_reply_to_rcpt_about_the_recipient_holds_an_address(code, text, stage, state, fault):
    verdict = after(Attempt("refused", code, text, stage))
    assert (verdict.state, verdict.fault, verdict.suppress) == (state, fault, state == "bounced")


@pytest.mark.parametrize(("text", "hours"), [("5.7.1 No", 96), ("5.2.2 Full", 24)])
def test_what_the_operator_can_mend_is_tried_for_four_days_and_a_full_mailbox_for_one(text, hours):
    assert after(Attempt("refused", 550, text, "rcpt"), hours - 0.1).state == "deferred"
    assert after(Attempt("refused", 550, text, "rcpt"), hours).state == "failed"


def came_back(
    status: str, *, elsewhere: bool = False, sealed: bool = True, edition: int = 1, hours: int = 0
) -> Verdict:
    return after_bounce(
        Failure("a@schools.example", status, ""), elsewhere=elsewhere, sealed=sealed, edition=edition,
        first_tried=NOW - dt.timedelta(hours=hours), now=NOW,
    )  # fmt: skip


def test_a_bounce_for_our_fault_is_sent_again_ever_later_and_for_four_days_only():
    pauses = [came_back("5.7.1", edition=edition).try_at for edition in (1, 2, 3)]
    assert pauses == [NOW + dt.timedelta(hours=hours) for hours in (1, 2, 4)]
    assert came_back("5.7.1", hours=96).state == "bounced"
    assert not came_back("5.7.1", hours=96).suppress


def test_a_bounce_from_elsewhere_or_of_an_unsealed_mail_is_not_sent_again():
    assert (came_back("5.7.1", elsewhere=True).state, came_back("5.7.1", sealed=False).state) == ("bounced", "bounced")
    assert (came_back("5.1.1").suppress, came_back("5.1.1", elsewhere=True).suppress) == (True, False)


@pytest.mark.parametrize(
    ("status", "said", "fault"),
    [
        ("5.2.0", "550 5.2.0 STOREDRV.Deliver.Exception:QuotaExceededException", "full"),
        ("", "550 5.1.1 Message rejected due to content restrictions", "operator"),
        ("", "all hosts have been failing for a long time and were last tried after this message arrived", "away"),
        ("", "550 Utilisateur inconnu", "recipient"),
        ("", "550 Empf\u00e4nger unbekannt", "recipient"),
        ("", "550 El usuario no existe", "recipient"),
        ("", "550 Gebruiker onbekend", "recipient"),
        ("", "450 Utilisateur inconnu", "unclear"),
    ],
)
def test_words_of_other_languages_and_systems(status: str, said: str, fault: str):
    assert fault_of(status, said) == fault
