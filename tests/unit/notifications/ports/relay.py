"""One connection to the relay."""

from services.notifications.ports import Relay
from tests.fakes.notifications.mailboxes import Mailboxes

TEXT = b"Subject: Visit\r\nMessage-ID: <mai-1@kindred.example>\r\n\r\n.hidden\r\n..\r\nThe last line.\r\n"
ANN, SAM = "ann@schools.example", "sam@schools.example"
SENDER = "programmes+mai-1@kindred.example"


class RelayContract:
    """Wants the fixtures ``mailboxes`` and ``relay``, a connection to the relay that fills them."""

    async def test_a_mail_arrives_as_it_is_and_the_connection_is_used_again(self, mailboxes: Mailboxes, relay: Relay):
        for recipient in (ANN, SAM):
            assert await relay.open() is None
            attempt = await relay.hand_over(SENDER, recipient, TEXT)
            assert (attempt.ending, attempt.code, attempt.text) == ("accepted", 250, "2.0.0 taken")
        assert [(sender, to) for sender, to, _ in mailboxes.mails] == [(SENDER, ANN), (SENDER, SAM)]
        text = str(mailboxes.to(ANN)[0].get_payload())
        assert text.splitlines() == [".hidden", "..", "The last line."]

    async def test_what_the_relay_answers_is_told_with_how_far_the_mail_came(self, mailboxes: Mailboxes, relay: Relay):
        mailboxes.at_rcpt = lambda to: "550 5.1.1 No such user" if to == ANN else None
        mailboxes.at_data = lambda _, __: "451 4.7.0 Try again later"
        assert await relay.open() is None
        for recipient, code, stage in ((ANN, 550, "rcpt"), (SAM, 451, "data")):
            attempt = await relay.hand_over(SENDER, recipient, TEXT)
            assert (attempt.ending, attempt.code, attempt.stage) == ("refused", code, stage)
        assert mailboxes.mails == []

    async def test_a_connection_lost_after_the_final_dot_leaves_open_what_became_of_the_mail(
        self, mailboxes: Mailboxes, relay: Relay
    ):
        mailboxes.at_data = lambda _, __: "drop"
        assert await relay.open() is None
        attempt = await relay.hand_over(SENDER, ANN, TEXT)
        assert (attempt.ending, attempt.stage) == ("lost-after-data", "data")

    async def test_a_connection_lost_before_the_final_dot_has_handed_over_nothing(
        self, mailboxes: Mailboxes, relay: Relay
    ):
        mailboxes.cut_short = lambda to: to == ANN
        assert await relay.open() is None
        attempt = await relay.hand_over(SENDER, ANN, TEXT)
        assert (attempt.ending, attempt.stage) == ("unreachable", "text")
        assert await relay.open() is None
        assert (await relay.hand_over(SENDER, SAM, TEXT)).ending == "accepted"
        assert [to for _, to, _ in mailboxes.mails] == [SAM]

    async def test_a_connection_that_was_closed_is_opened_again(self, mailboxes: Mailboxes, relay: Relay):
        for _ in range(2):
            assert await relay.open() is None
            assert (await relay.hand_over(SENDER, ANN, TEXT)).ending == "accepted"
            await relay.close()
        assert len(mailboxes.mails) == 2


class AbsentRelayContract:
    """Wants the fixture ``absent_relay``, a connection to where nobody listens."""

    async def test_a_relay_that_is_away_is_told_at_once_and_each_time(self, absent_relay: Relay):
        for _ in range(2):
            attempt = await absent_relay.open()
            assert attempt is not None
            assert (attempt.ending, attempt.stage, attempt.code) == ("unreachable", "connect", 0)
