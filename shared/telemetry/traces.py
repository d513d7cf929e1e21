"""Trace context in messages, which follows a request through all services."""

from secrets import token_hex

from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

PROPAGATOR = TraceContextTextMapPropagator()


def traceparent() -> str:
    """Return the W3C trace context to send along; a new one when there is none."""
    if not trace.get_current_span().get_span_context().is_valid:
        return f"00-{token_hex(16)}-{token_hex(8)}-01"
    carrier: dict[str, str] = {}
    PROPAGATOR.inject(carrier)
    return carrier["traceparent"]
