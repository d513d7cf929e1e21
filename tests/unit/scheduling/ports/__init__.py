"""The contract suites of the ports: fakes pass them in tests/unit, the MongoDB adapters in tests/integration."""
