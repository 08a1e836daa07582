from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "mungchi.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Let whoever asks members something know which of them want to be left alone."""
        # Models, which these read, are there only now.
        from mungchi.accounts.queries import wishes  # noqa: PLC0415
        from mungchi.outreach.queries import who_is_left_alone  # noqa: PLC0415

        if who_is_left_alone not in wishes.SOURCES:
            wishes.SOURCES.append(who_is_left_alone)
