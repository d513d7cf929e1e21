"""The search for good groups: arrays in, groups out. Seeded, without clock or storage; knows nothing of the service."""
