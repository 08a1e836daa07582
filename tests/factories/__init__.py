"""Rows for tests: plain ones by factory_boy, those with a history by the real operations."""
