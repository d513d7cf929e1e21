"""Command and query contracts, one module per owner: what may be asked of a service, by pages and CLI alike."""
