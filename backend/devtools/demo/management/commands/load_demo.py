"""`manage.py load_demo`: a believable cooperative on an empty database."""

import random
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.test.utils import override_settings

from devtools.demo import in_variants, names
from devtools.demo.at_a_provider import charge_at_a_provider
from devtools.demo.direction import Direction
from devtools.demo.filling import fill_a_campaign
from devtools.demo.history import import_purchases
from devtools.demo.lapsing import let_a_payment_lapse
from devtools.demo.less import confirm_less
from devtools.demo.on_terms import buy_on_terms
from devtools.demo.people import SIGN_INS, Cast, Casting
from devtools.demo.price_lists import keep_price_lists
from devtools.demo.scenes import SCENES
from devtools.demo.seeking import offer_and_seek
from mungchi.accounts.models import User
from mungchi.common import clock

SEED = 20261123
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


class Command(BaseCommand):
    help = "Load the demonstration: two cooperatives, 40 firms, campaigns in every state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when data is there")
        parser.add_argument("--show", action="store_true", help="only print the sign-ins")
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration is not for production.")
        if options["show"]:
            self._show()
            return
        if User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database is not empty; `make demo-reset` starts over.")
        # All or nothing: a load that is killed leaves an empty database, and starts over.
        with transaction.atomic(), override_settings(EMAIL_BACKEND=NO_MAIL):
            cast = self._load(options["seed"])
        # A provider is asked in no transaction. Killed here, all but this is there.
        with override_settings(EMAIL_BACKEND=NO_MAIL):
            charge_at_a_provider(cast)

    def _load(self, seed: int) -> Cast:
        dice = random.Random(seed)  # noqa: S311 - a demonstration, the same every time
        with clock.shifted(timedelta(days=-60)):
            cast = Casting(dice).everybody()
        direction = Direction(cast, dice)
        for scene in sorted(SCENES, key=lambda one: one.opened):
            direction.play(scene)
            self.stderr.write(f"  {scene.item}: {scene.until}")
        self._in_variants(cast, seed)
        direction.needs("hanbit")
        import_purchases(cast, dice)
        offer_and_seek(cast)
        buy_on_terms(cast)
        confirm_less(cast)
        let_a_payment_lapse(cast)
        fill_a_campaign(cast)
        # Dice of their own: what comes before stays as it was.
        keep_price_lists(cast, random.Random(seed))  # noqa: S311 - as above
        direction.needs_of_partner("daon")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return cast

    def _in_variants(self, cast: Cast, seed: int) -> None:
        in_variants.make_item(cast)
        # Dice of their own: the rest stays as it was.
        direction = Direction(cast, random.Random(seed))  # noqa: S311 - as above
        for scene in in_variants.SCENES:
            direction.play(scene)
            self.stderr.write(f"  {scene.item}: {scene.until}")

    def _show(self) -> None:
        for role, email in SIGN_INS:
            if User.objects.filter(email=email).exists():
                self.stdout.write(f"  {role:<58} {email:<34} {names.PASSWORD}")
