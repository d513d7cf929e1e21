"""What a command, event or reminder comes to: functions from records to records and events, a module a subject."""
