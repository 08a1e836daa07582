"""How many queries a block takes."""

from typing import Any

from django.db import connection


class Counting:
    """Counts the queries of a block."""

    count = 0

    def __call__(self, execute: Any, *rest: Any) -> Any:
        self.count += 1
        return execute(*rest)

    def __enter__(self) -> "Counting":
        self.wrapper = connection.execute_wrapper(self)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.wrapper.__exit__(*error)
