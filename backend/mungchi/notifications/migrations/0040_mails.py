"""E-mails to people in a table of their own; how people want to be told."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0030_who_is_gone"),
        ("common", "0003_second_wall"),
        ("notifications", "0025_firms_leave"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mungchi.common.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest_date", models.DateField(null=True)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("after", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mailbox",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("only_necessary", models.BooleanField(default=False)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_to", models.TimeField(null=True)),
                ("digest_at", models.TimeField(default=datetime.time(8, 0))),
                ("refused_address", models.EmailField(blank=True, max_length=254)),
                ("refused_at", models.DateTimeField(null=True)),
                ("refused_answer", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name_plural": "mailboxes",
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mungchi.common.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("shown", models.BooleanField()),
                ("mail", models.CharField(max_length=8)),
            ],
        ),
        migrations.AddField(
            model_name="notification",
            name="digest_after",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="notification",
            name="shown",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="mail",
            name="event",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="common.history"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="notification",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mail",
                to="notifications.notification",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="digest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="gathered",
                to="notifications.mail",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("digest_after__isnull", False)),
                fields=["digest_after"],
                name="notifications_for_digests",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from", None), ("quiet_to", None)),
                    models.Q(
                        ("quiet_from__isnull", False),
                        ("quiet_to__isnull", False),
                        models.Q(("quiet_from", models.F("quiet_to")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="quiet_hours_begin_and_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refused_address", ""), ("refused_at", None)),
                    models.Q(
                        models.Q(("refused_address", ""), _negated=True),
                        ("refused_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_address_was_refused_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="preference",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="preferences",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["after"], name="mails_to_send"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state", "sending")), fields=["taken_at"], name="mails_taken"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["user", "-id"], name="mails_by_person"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                fields=("user", "event"), name="a_person_is_mailed_of_an_event_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                fields=("user", "digest_date"), name="a_person_has_one_letter_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("digest_date", None),
                        ("event__isnull", False),
                        ("notification__isnull", False),
                    ),
                    models.Q(
                        ("digest_date__isnull", False), ("event", None), ("notification", None)
                    ),
                    _connector="OR",
                ),
                name="a_mail_is_of_an_event_or_of_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "sending", "sent", "refused", "failed", "dropped"])
                ),
                name="the_state_of_a_mail_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sending"), ("taken_at__isnull", False)),
                    models.Q(models.Q(("state", "sending"), _negated=True), ("taken_at", None)),
                    _connector="OR",
                ),
                name="a_mail_is_taken_while_it_is_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(
                fields=("user", "kind"), name="a_person_chooses_for_a_kind_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ("now", "digest", "off"))),
                name="a_mail_goes_now_daily_or_not_at_all",
            ),
        ),
    ]
