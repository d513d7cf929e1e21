"""The API for programs: the commands and queries of the contracts over HTTP, as JSON, by tokens."""
