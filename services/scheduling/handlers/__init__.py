"""What scheduling does with commands, queries, events and reminders: it loads, decides, saves and publishes."""
