"""What is decided about tasks, as pure functions of records, facts and the day."""
