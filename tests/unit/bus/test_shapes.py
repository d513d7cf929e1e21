"""Subjects, registrations, settings, log lines: what needs no server."""

import json
import subprocess
import sys

import pytest

from shared.bus import Consumer, Service, Topology, subjects
from shared.settings import Settings, secrets_from_files
from shared.telemetry import metrics
from shared.telemetry.logs import without_addresses
from tests.fakes import FakeWork
from tests.integration.bus.samples import Heard, Rang


async def nothing(*_):
    return None


def test_tokens_are_safe_and_unique():
    assert [subjects.token(text) for text in ("vis-1", "a.b", "a b", "ä", ">", "")] == [
        "vis-1", "a=2Eb", "a=20b", "=C3=A4", "=3E", "=",
    ]  # fmt: skip


def test_a_service_declares_its_consumers():
    service = Service("village", Settings())
    service.subscribe(Rang, "village-rang", nothing)
    service.projection("village-projection", {Rang: nothing, Heard: nothing})
    service.timer("visit-day", nothing)
    assert service.topology() == Topology(
        (
            Consumer("village-rang", "EVENTS", ("events.belfry.Rang.*.*", "replay.events.village-rang.*")),
            Consumer(
                "village-projection",
                "EVENTS",
                ("events.belfry.Rang.*.*", "events.village.Heard.*.*", "replay.events.village-projection.*"),
            ),
            Consumer(
                "village-reminded-visit-day",
                "TIMERS",
                ("timers.due.village.visit-day.*", "replay.timers.village-reminded-visit-day.*"),
            ),
        )
    )


def test_one_durable_cannot_have_two_handlers():
    service = Service("village", Settings())
    service.subscribe(Rang, "village-rang", nothing)
    service.subscribe(Heard, "village-rang", nothing)
    with pytest.raises(ValueError, match="used twice: village-rang"):
        service.topology()


def test_secrets_come_from_files(tmp_path, monkeypatch):
    secret = tmp_path / "password"
    secret.write_text("tell nobody\n", encoding="utf-8")
    assert secrets_from_files({"KINDRED_NATS_PASSWORD_FILE": str(secret), "OTHER_FILE": "x"}) == {
        "nats_password": "tell nobody"
    }
    monkeypatch.setenv("KINDRED_NATS_PASSWORD_FILE", str(secret))
    assert Settings().nats_password == "tell nobody"


def test_a_secret_s_file_may_begin_with_a_mark_and_must_be_text(tmp_path):
    secret = tmp_path / "password"
    secret.write_bytes(b"\xef\xbb\xbftell nobody\r\n")
    assert secrets_from_files({"KINDRED_NATS_PASSWORD_FILE": str(secret)}) == {"nats_password": "tell nobody"}
    secret.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"^KINDRED_NATS_PASSWORD_FILE names .*, which is no text in UTF-8\."):
        secrets_from_files({"KINDRED_NATS_PASSWORD_FILE": str(secret)})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("\n", "is empty"),
        ("one\ntwo\n", "one line"),
        ("secret \n", "blanks around it"),
        (" a", "blanks"),
    ],
)
def test_a_secret_s_file_that_holds_none_or_several_is_refused(tmp_path, content, says):
    secret = tmp_path / "password"
    secret.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=f"^KINDRED_NATS_PASSWORD_FILE names .*, which .*{says}"):
        secrets_from_files({"KINDRED_NATS_PASSWORD_FILE": str(secret)})


def test_a_secret_that_is_set_to_two_values_is_refused(tmp_path, monkeypatch):
    secret = tmp_path / "password"
    secret.write_text("tell nobody\n", encoding="utf-8")
    monkeypatch.setenv("KINDRED_NATS_PASSWORD_FILE", str(secret))
    monkeypatch.setenv("KINDRED_NATS_PASSWORD", "tell nobody")
    assert Settings().nats_password == "tell nobody"
    monkeypatch.setenv("KINDRED_NATS_PASSWORD", "tell all")
    with pytest.raises(ValueError, match="KINDRED_NATS_PASSWORD and KINDRED_NATS_PASSWORD_FILE say different things"):
        Settings()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("nats_url", "http://nats.example.org", "must name servers such as nats://"),
        ("nats_url", "nats://a.example.org,", "must name servers such as nats://"),
        ("mongo_url", "localhost", "must begin with mongodb://"),
        ("mongo_url", "mongodb://kindred:p@ss@db.example.org/", "write @ as %40"),
        ("mongo_url", "mongodb://kindred:p/ss@db.example.org/?replicaSet=k", "write @ as %40"),
    ],
)
def test_addresses_of_servers_that_cannot_be_meant_are_refused(field, value, says):
    with pytest.raises(ValueError, match=says):
        Settings(**{field: value})


@pytest.mark.parametrize(
    "url", ["nats.example.org:4222", "nats://a:4222, nats://b:4222", "tls://a.example.org", "wss://a"]
)
def test_servers_of_nats_are_named_in_its_ways(url):
    assert Settings(nats_url=url).nats_url == url


def test_levels_of_the_log_are_taken_in_small_letters():
    assert Settings(log_level="info").log_level == "INFO"


def test_log_lines_hold_no_addresses():
    assert without_addresses(None, "", {"event": "sent to jane.roe@example.org", "n": 1}) == {
        "event": "sent to [address]", "n": 1,
    }  # fmt: skip


def test_no_metric_has_a_series_for_each_id():
    labels = {label for metric in vars(metrics).values() for label in getattr(metric, "_labelnames", ())}
    assert labels == {"durable", "fault", "outcome", "relay", "request", "service", "state"}


def test_logs_are_json_with_the_ids_at_hand():
    code = (
        "import logging; from shared import telemetry as t; t.configure_logs('village')\n"
        "with t.traced('handle x', event_id='e1'): t.logger('a').info('heard', durable='d')\n"
        "logging.getLogger('lib').warning('mail to %s', 'jane@example.org')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours, theirs = (json.loads(line) for line in run.stderr.splitlines())
    assert {key: ours[key] for key in ("event", "durable", "event_id", "service", "level")} == {
        "event": "heard", "durable": "d", "event_id": "e1", "service": "village", "level": "info",
    }  # fmt: skip
    assert len(ours["trace_id"]) == 32
    assert theirs["event"] == "mail to [address]"


def test_the_fake_work_sorts_what_was_told():
    work = FakeWork()
    work.publish(Rang(bell_id="tom", version=1))
    work.remind("visit-day", "a", work.now)
    work.remind("visit-day", "b", work.now)
    work.cancel_reminder("visit-day", "a")
    work.forget_contact("per-1")
    assert [event.aggregate_id for event in work.published] == ["tom"]
    assert list(work.reminders) == [("visit-day", "b")]
    assert (work.cancelled, work.forgotten) == ([("visit-day", "a")], ["per-1"])
