"""All of Kindred as child processes of one program on one machine: for the demo, for trying out, for tests."""
