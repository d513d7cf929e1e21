"""`kindred doctor`: what each check says of a deployment that is well, and of each fault."""

import datetime as dt
import json
import os

import pytest
import typer
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from deploy.embedded.process import free_port
from kindred.cli.operations import doctor as command
from kindred.doctor import backups, mail, pages
from kindred.doctor.settings import Deployment
from shared.operations.backup import MANIFEST

NOW = dt.datetime(2026, 11, 29, 9, 0, tzinfo=dt.UTC)
SENDER = "programmes@schools.sch.uk"
SPF, DMARC = "v=spf1 include:relay.sch.uk -all", "v=DMARC1; p=quarantine"


class FakeNames:
    """The domain name system of a test; no exchangers at all is one that nobody answers for."""

    def __init__(self, texts=(), exchangers=("mx.sch.uk",), dmarc=(DMARC,), dkim=()):
        self._texts = {"schools.sch.uk": list(texts), "_dmarc.schools.sch.uk": list(dmarc)}
        self._texts["s1._domainkey.schools.sch.uk"] = list(dkim)
        self._exchangers = exchangers

    def texts(self, name):
        return self._texts[name]

    def exchangers(self, name):
        if self._exchangers is None:
            raise LookupError(name)
        return list(self._exchangers)


def states(findings):
    return [(finding.about, finding.state) for finding in findings]


def deployment(**given):
    return Deployment(**{"smtp_host": "", "mail_from": SENDER, **given})


@pytest.fixture
def relay():
    """A relay on this machine that knows one user."""

    def known(_server, _session, _envelope, _mechanism, data):
        return AuthResult(success=data.login == b"kindred" and data.password == b"right", handled=False)

    port = free_port()
    controller = Controller(object(), hostname="127.0.0.1", port=port, authenticator=known, auth_require_tls=False)
    controller.start()
    yield {"smtp_host": "127.0.0.1", "smtp_port": port}
    controller.stop()


def test_no_relay_is_told():
    (finding,) = mail.relay(deployment())
    assert (finding.state, finding.sentence) == (
        "ill", "KINDRED_SMTP_HOST names no relay: every mail is held until it does.",
    )  # fmt: skip


def test_a_relay_that_answers_is_well(relay):
    assert states(mail.relay(deployment(**relay))) == [("Relay", "well")]


@pytest.mark.parametrize(("password", "state"), [("right", "well"), ("wrong", "ill")])
def test_the_login_is_tried(relay, password, state):
    own = deployment(**relay, smtp_user="kindred", smtp_password=password)
    (finding,) = mail.relay(own)
    assert finding.state == state
    assert ("refuses the user kindred" in finding.sentence) == (state == "ill")


def test_a_relay_that_is_away_is_told():
    (finding,) = mail.relay(deployment(smtp_host="127.0.0.1", smtp_port=free_port()))
    assert finding.state == "ill"
    assert "cannot be used (ConnectionRefusedError" in finding.sentence


def test_a_relay_without_the_tls_that_is_set_is_told(relay):
    (finding,) = mail.relay(deployment(**relay, smtp_tls="starttls"))
    assert finding.state == "ill"


def test_a_sender_for_examples_is_told():
    (finding,) = mail.sender(deployment(mail_from="programmes@kindred.example"), FakeNames())
    assert finding.state == "ill"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (FakeNames([SPF]), ["look", "well", "look", "well"]),
        (FakeNames([]), ["look", "ill", "look", "well"]),
        (FakeNames([SPF, "v=spf1 -all"]), ["look", "ill", "look", "well"]),
        (FakeNames(["google-site-verification=x", SPF], dmarc=()), ["look", "well", "look", "look"]),
        (FakeNames(["v=spf1 include:relay.sch.uk +all"]), ["look", "ill", "look", "well"]),
        (FakeNames([SPF], dmarc=(DMARC, "v=DMARC1; p=none")), ["look", "well", "look", "ill"]),
        (FakeNames([SPF], exchangers=()), ["ill", "well", "look", "well"]),
        (FakeNames([SPF], exchangers=None), ["look"]),
    ],
)
def test_the_sending_domain(names, expected):
    found = mail.sender(deployment(), names)
    assert [finding.about for finding in found] == ["Sender", "SPF", "DKIM", "DMARC"][: len(expected)]
    assert [finding.state for finding in found] == expected


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (("v=DKIM1; k=rsa; p=MIIBIjAN",), "well"),
        (("p=MIIBIjAN",), "well"),
        (("v=DKIM1; p=",), "ill"),
        ((), "ill"),
    ],
)
def test_the_key_that_the_relay_signs_with(key, state):
    finding = mail.sender(deployment(), FakeNames([SPF], dkim=key), "s1")[2]
    assert (finding.about, finding.state) == ("DKIM", state)
    assert finding.sentence.startswith("s1._domainkey.schools.sch.uk holds ")


def test_links_without_tls_are_looked_at_and_an_address_that_nobody_answers_is_ill():
    assert states(pages.public(deployment(public_url="http://127.0.0.1:8080"))) == [("Pages", "look")]
    (finding,) = pages.public(deployment(public_url=f"https://127.0.0.1:{free_port()}"))
    assert finding.state == "ill"


@pytest.mark.parametrize(("days", "state"), [(60, "well"), (13, "ill")])
def test_a_certificate_that_ends_soon(days, state):
    own = deployment(public_url="https://kindred.example.org")
    asked = []

    def until(host, port):
        asked.append((host, port))
        return NOW + dt.timedelta(days=days)

    assert states(pages.certificate(own, NOW, until)) == [("Pages", state)]
    assert asked == [("kindred.example.org", 443)]


def test_a_variable_that_nothing_reads_is_told_with_the_name_that_is_meant(monkeypatch):
    told = []
    monkeypatch.setattr(command, "emit", lambda found, *_: told.extend(found))
    monkeypatch.setattr(command, "_servers", lambda _: [])
    monkeypatch.setenv("KINDRED_SMPT_HOST", "relay.sch.uk")
    with pytest.raises(typer.Exit) as ended:
        command.doctor(backup_folder=None, dns=False)
    assert ended.value.exit_code == 1
    said = "KINDRED_SMPT_HOST is set, but Kindred has no setting of that name. Did you mean KINDRED_SMTP_HOST?"
    assert told[0] == {"about": "Settings", "state": "ill", "sentence": said}


def test_backups(tmp_path):
    assert states(backups.newest(tmp_path, NOW)) == [("Backup", "ill")]
    for hours in (30, 50):
        folder = tmp_path / f"b{hours}"
        folder.mkdir()
        manifest = json.dumps({"taken": (NOW - dt.timedelta(hours=hours)).isoformat()})
        (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    (old,) = backups.newest(tmp_path, NOW)
    assert (old.state, "30 hours old" in old.sentence) == ("ill", True)
    assert states(backups.newest(tmp_path, NOW - dt.timedelta(hours=5))) == [("Backup", "well")]


def test_encrypted_backups(tmp_path):
    empty, whole = tmp_path / "2026-11-29-0200.age", tmp_path / "2026-11-28-0200.age"
    empty.touch()
    assert states(backups.newest(tmp_path, NOW)) == [("Backup", "ill")]
    whole.write_bytes(b"age-encryption.org/v1")
    for file, hours in ((empty, 7), (whole, 31)):
        moment = (NOW - dt.timedelta(hours=hours)).timestamp()
        os.utime(file, (moment, moment))
    (old,) = backups.newest(tmp_path, NOW)
    assert (old.state, "31 hours old" in old.sentence) == ("ill", True)
    assert states(backups.newest(tmp_path, NOW - dt.timedelta(hours=6))) == [("Backup", "well")]
