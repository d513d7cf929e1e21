"""Trace context in messages, which follows a request through all services."""

import sys
from secrets import token_hex


def traceparent() -> str:
    """Return the W3C trace context to send along; a new one when there is none.

    A process that has not loaded OpenTelemetry has opened no span; a command need not load it to find that out.
    """
    if "opentelemetry.trace" in sys.modules:
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        if trace.get_current_span().get_span_context().is_valid:
            carrier: dict[str, str] = {}
            TraceContextTextMapPropagator().inject(carrier)
            return carrier["traceparent"]
    return f"00-{token_hex(16)}-{token_hex(8)}-01"
