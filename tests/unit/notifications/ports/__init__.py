"""The contract suites of the ports: fakes pass them here, the adapters in tests/integration/notifications."""
