"""Metrics of a service; labels carry no ids, since each would be a series of its own."""

from prometheus_client import Counter, Gauge, Histogram

HANDLED = Counter("kindred_messages_total", "Messages handled", ["durable", "outcome"])
HANDLE_SECONDS = Histogram("kindred_handle_seconds", "From receipt to ack", ["durable"])
ASKED = Counter("kindred_requests_total", "Commands and queries answered", ["request", "outcome"])
ASK_SECONDS = Histogram("kindred_request_seconds", "From receipt to answer", ["request"])
RELAYED = Counter("kindred_relayed_total", "Outbox rows put on the bus", ["service"])
OUTBOX_WAITING = Gauge("kindred_outbox_waiting", "Outbox rows not yet on the bus", ["service"])
OUTBOX_AGE = Gauge("kindred_outbox_age_seconds", "Age of the oldest of them", ["service"])
LAG = Gauge("kindred_consumer_lag", "Messages a durable has not handled", ["durable"])
MAILS = Gauge("kindred_mails", "Mails by state", ["state"])
MAILS_HELD = Gauge("kindred_mails_held", "Mails that a restore holds until somebody decides")
REFUSED = Gauge("kindred_mails_refused", "Mails that wait because they were refused, by whose fault it is", ["fault"])
RELAY_UP = Gauge("kindred_mail_relay_up", "1 while the relay takes mails, 0 while it is away", ["relay"])
IN_HAND = Gauge("kindred_in_hand", "Messages being handled now", ["service"])
