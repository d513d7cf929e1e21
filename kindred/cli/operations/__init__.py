"""Commands for those who run Kindred: on this machine, the bus, backups, dead letters."""
