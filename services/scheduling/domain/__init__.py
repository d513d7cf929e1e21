"""The rules of scheduling, pure: data in, plan and explanation out; no clock, no I/O."""
