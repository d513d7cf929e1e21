"""Commands and queries of this service, its reactions to events, and what it carries out in the background."""
