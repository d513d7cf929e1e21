"""What must agree before a version is released, checked by `make release-check`; docs/releasing.md says when."""
