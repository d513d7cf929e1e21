"""Can mail go out, will others trust it, do answers come back? The relay is greeted and logged in to, nothing sent."""

import smtplib
import ssl
from typing import Protocol

from kindred.doctor.findings import Finding, ill, look, well
from kindred.doctor.settings import Deployment

SECONDS = 10.0
RESERVED = (".example", ".test", ".invalid", ".localhost", "example.org", "example.com", "example.net")


class Names(Protocol):
    """What the domain name system says."""

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name; empty where it has none. Raises LookupError when nobody answers."""
        ...

    def exchangers(self, name: str) -> list[str]:
        """The hosts that take mail for a name, best first; empty where there are none. Raises LookupError."""
        ...


def relay(own: Deployment) -> list[Finding]:
    """Greet the relay and log in, as notifications would."""
    if not own.smtp_host:
        return [ill("Relay", "KINDRED_SMTP_HOST names no relay: every mail is held until it does.")]
    where = f"{own.smtp_host}:{own.smtp_port}"
    try:
        with _connected(own) as line:
            if own.smtp_user:
                line.login(own.smtp_user, own.smtp_password.get_secret_value() if own.smtp_password else "")
    except smtplib.SMTPAuthenticationError:
        return [ill("Relay", f"{where} refuses the user {own.smtp_user} or the password.")]
    except ssl.SSLError as error:
        return [ill("Relay", f"{where} and KINDRED_SMTP_TLS={own.smtp_tls} do not fit ({error.reason or error}).")]
    except (OSError, smtplib.SMTPException) as error:
        return [ill("Relay", f"{where} cannot be used ({type(error).__name__}: {error}).")]
    return [well("Relay", f"{where} answers{' and takes the login' if own.smtp_user else ''}.")]


def _connected(own: Deployment) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if own.smtp_tls == "tls":
        return smtplib.SMTP_SSL(own.smtp_host, own.smtp_port, timeout=SECONDS, context=context)
    line = smtplib.SMTP(own.smtp_host, own.smtp_port, timeout=SECONDS)
    if own.smtp_tls == "starttls":
        line.starttls(context=context)
    return line


def sender(own: Deployment, names: Names, selector: str = "") -> list[Finding]:
    """Look at the sending domain: do answers reach us, does it say who may send, and which key its relay signs with?"""
    domain = own.mail_domain
    if domain.endswith(RESERVED):
        return [ill("Sender", f"KINDRED_MAIL_FROM is {own.mail_from}, which is for examples only: name your mailbox.")]
    try:
        return [_answers(domain, names), _spf(domain, names), _dkim(domain, names, selector), _dmarc(domain, names)]
    except LookupError:
        return [look("Sender", f"Nobody here could say what the domain {domain} is: look at it from elsewhere.")]


def _answers(domain: str, names: Names) -> Finding:
    hosts = names.exchangers(domain)
    if not hosts:
        return ill("Sender", f"{domain} has no MX record: answers and bounces go nowhere.")
    said = f"Answers to {domain} go to {hosts[0]}, which must hand them on to port 2525 of notifications."
    return look("Sender", said)


def _spf(domain: str, names: Names) -> Finding:
    found = [text for text in names.texts(domain) if text.lower().startswith("v=spf1")]
    if len(found) == 1:
        if {"all", "+all"} & set(found[0].lower().split()):
            return ill("SPF", f"The SPF record of {domain} lets everybody send for it: end it with -all or ~all.")
        return well("SPF", f"{domain} says who may send for it.")
    if found:
        return ill("SPF", f"{domain} has {len(found)} SPF records; receivers then trust none of them. Keep one.")
    return ill("SPF", f"{domain} has no SPF record: many schools' servers will refuse its mail.")


def _dkim(domain: str, names: Names, selector: str) -> Finding:
    """Look for the key under a selector (RFC 6376, 3.6.1); an empty one was withdrawn."""
    if not selector:
        said = f"Which key the relay signs with stands in the mails of {domain}: look with `--dkim SELECTOR` (s=)."
        return look("DKIM", said)
    name = f"{selector}._domainkey.{domain}"
    keys = [tag.strip() for text in names.texts(name) for tag in text.split(";") if tag.strip().startswith("p=")]
    if any(key != "p=" for key in keys):
        return well("DKIM", f"{name} holds the key that mails are signed with.")
    return ill("DKIM", f"{name} holds no key: publish the one that your relay signs with.")


def _dmarc(domain: str, names: Names) -> Finding:
    found = [text for text in names.texts(f"_dmarc.{domain}") if text.upper().startswith("V=DMARC1")]
    if len(found) > 1:
        return ill("DMARC", f"{domain} has {len(found)} DMARC records; receivers then heed none of them. Keep one.")
    if found:
        return well("DMARC", f"{domain} says what becomes of forged mail.")
    return look("DMARC", f"{domain} has no DMARC record: Google and Microsoft ask senders of many mails for one.")
