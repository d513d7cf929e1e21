"""A relay in clear is refused at start, and every fault of the settings is one sentence about one variable."""

import pytest

from services.notifications.domain.seals import Seals, stop_tag, tagged
from services.notifications.settings import NotificationsSettings
from shared.settings import NOT_CONFIGURED, validated

HOSTS_OF_THIS_MACHINE = ["127.0.0.1", "127.0.0.53", "::1", "localhost", "mail"]


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in ("SMTP_HOST", "SMTP_TLS", "SMTP_USER", "SMTP_PASSWORD", "SMTP_PLAINTEXT", "MAIL_FROM"):
        monkeypatch.delenv(f"KINDRED_{name}", raising=False)


@pytest.mark.parametrize("name", ["programmes", "p", "kindred-visits.6", "a" * 16])
def test_a_mailbox_whose_bounce_addresses_fit_is_taken(name):
    address = f"{name}@example.org"
    assert NotificationsSettings(mail_from=address).mail_from == address
    seals, mail_id = Seals(bytes(32)), f"mai-{'0' * 32}"
    for tag, seal in ((mail_id, seals.bounce(mail_id, address)), (stop_tag(mail_id), seals.stop(mail_id))):
        assert len(tagged(address, tag, seal).partition("@")[0]) <= 64


@pytest.mark.parametrize("name", ["a" * 17, "a+b", "ann marsh", "\u00e9cole", '"a b"'])
def test_a_mailbox_that_cannot_work_is_refused_with_a_sentence(name):
    with pytest.raises(ValueError, match=r"KINDRED_MAIL_FROM (cannot be|must be one plain address)"):
        NotificationsSettings(mail_from=f"{name}@example.org")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (".programmes@example.org", "single dots"),
        ("programmes.@example.org", "single dots"),
        ("a..b@example.org", "single dots"),
        ("programmes@example.org.", "behind the @"),
        ("programmes@-x.org", "behind the @"),
        ("programmes@[127.0.0.1]", "behind the @"),
        ("programmes@sch\u00f6ol.example", "xn--"),
        (f"programmes@{'a' * 64}.org", "behind the @"),
        ("postmaster@example.org", "taken for bounces"),
        ("Mailer-Daemon@example.org", "taken for bounces"),
    ],
)
def test_an_address_that_no_mail_comes_back_to_is_refused_with_what_is_wrong(address, why):
    with pytest.raises(ValueError, match=why):
        NotificationsSettings(mail_from=address)


@pytest.mark.parametrize("host", ["smtp.example.org:587", "smtp://smtp.example.org", "smtp example org", "a,b"])
def test_a_relay_is_named_by_its_host_alone(host):
    with pytest.raises(ValueError, match=r"KINDRED_SMTP_HOST must be a name or address alone"):
        NotificationsSettings(smtp_host=host, smtp_tls="tls")
    assert NotificationsSettings(smtp_host=" smtp.example.org ", smtp_tls="tls").smtp_host == "smtp.example.org"


def test_a_sender_s_name_of_two_lines_would_be_a_header_in_every_mail():
    with pytest.raises(ValueError, match="KINDRED_MAIL_FROM_NAME must be one line of text"):
        NotificationsSettings(mail_from_name="Kindred\r\nBcc: x@example.org")


@pytest.mark.parametrize("url", ["https://example.org/kindred", "https://example.org/?a=1", "http://example.org", "x"])
def test_links_begin_with_what_the_portal_takes_as_its_address(url):
    with pytest.raises(ValueError, match="KINDRED_PUBLIC_URL must be"):
        NotificationsSettings(public_url=url)


def test_a_certificate_needs_its_key_and_both_must_be_readable(tmp_path):
    with pytest.raises(ValueError, match="go together"):
        NotificationsSettings(notifications_inbound_cert="/secrets/mx.pem")
    nothing = str(tmp_path / "nothing")
    with pytest.raises(ValueError, match=r"KINDRED_NOTIFICATIONS_INBOUND_CERT .* cannot be used"):
        NotificationsSettings(notifications_inbound_cert=nothing, notifications_inbound_key=nothing)


def test_no_relay_is_fine():
    assert NotificationsSettings().smtp_host == ""


@pytest.mark.parametrize("host", HOSTS_OF_THIS_MACHINE)
def test_a_relay_on_this_machine_needs_no_tls(host):
    assert NotificationsSettings(smtp_host=host).smtp_tls == "none"


@pytest.mark.parametrize("host", ["smtp.example.org", "10.0.0.5", "relay"])
def test_a_relay_elsewhere_is_refused_without_tls(host):
    with pytest.raises(ValueError, match=f"the relay {host} is another machine"):
        NotificationsSettings(smtp_host=host)


@pytest.mark.parametrize("more", [{"smtp_tls": "tls"}, {"smtp_tls": "starttls"}, {"smtp_plaintext": True}])
def test_it_is_taken_with_tls_or_where_clear_text_is_meant(more):
    assert NotificationsSettings(smtp_host="smtp.example.org", **more).smtp_host == "smtp.example.org"


def test_a_user_needs_a_password():
    with pytest.raises(ValueError, match="KINDRED_SMTP_USER is set without"):
        NotificationsSettings(smtp_user="kindred")


def test_a_process_with_wrong_settings_ends_with_a_sentence_each(monkeypatch, capsys):
    monkeypatch.setenv("KINDRED_SMTP_TLS", "ssl")
    monkeypatch.setenv("KINDRED_MAIL_FROM", "not an address")
    with pytest.raises(SystemExit) as ended:
        validated(NotificationsSettings)
    said = capsys.readouterr().err.splitlines()
    assert ended.value.code == NOT_CONFIGURED
    assert said == [
        "The settings are not usable:",
        "KINDRED_MAIL_FROM: KINDRED_MAIL_FROM must be one plain address, such as programmes@example.org",
        "KINDRED_SMTP_TLS: Input should be 'none', 'starttls' or 'tls'",
    ]


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("KINDRED_SMTP_PASSWORD_FILE", str(tmp_path / "nothing"))
    with pytest.raises(SystemExit):
        validated(NotificationsSettings)
    assert f"KINDRED_SMTP_PASSWORD_FILE names {tmp_path / 'nothing'}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url",
    ["https://kindred.example.org:99999", "https://kindred.example.org:abc", "https://kindred example.org", "https://[::1",
     "https://exa<mple.org", "https://kindred.example.org/app", ""],
)  # fmt: skip
def test_a_public_address_that_nobody_can_type_is_refused(url):
    with pytest.raises(ValueError, match="must be a scheme and a host, such as https"):
        NotificationsSettings(public_url=url)


@pytest.mark.parametrize("server", ["mx.example.org; dmarc=pass", "https://mx.example.org", "mx.example.org 1"])
def test_a_trusted_server_is_one_word(server):
    with pytest.raises(ValueError, match="KINDRED_TRUSTED_AUTHSERV must be the one word"):
        NotificationsSettings(trusted_authserv=server)
    assert NotificationsSettings(trusted_authserv=" mx.example.org ").trusted_authserv == "mx.example.org"


def test_how_the_relay_is_secured_may_be_written_in_capitals():
    assert NotificationsSettings(smtp_host="smtp.example.org", smtp_tls="STARTTLS").smtp_tls == "starttls"


def test_a_password_that_nobody_would_log_in_with_is_told():
    with pytest.raises(ValueError, match="KINDRED_SMTP_PASSWORD is set without KINDRED_SMTP_USER"):
        NotificationsSettings(smtp_password="right")
