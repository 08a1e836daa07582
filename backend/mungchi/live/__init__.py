"""The event stream: a process of its own that tells open screens where their campaigns stand."""
