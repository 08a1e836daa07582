"""A package, so that its installation and its browser end with its last test."""
