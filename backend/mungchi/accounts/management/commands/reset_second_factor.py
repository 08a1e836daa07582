"""Take the second factor off somebody who lost it, where no operator can do it on the screen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.operations import reset_second_factor
from mungchi.common.errors import Refused


class Command(BaseCommand):
    help = "Reset the second factor of a person and end its sessions; the person is told by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--why", required=True, help="how you know that it is the person")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = reset_second_factor(actor=SYSTEM, email=options["email"], why=options["why"])
        except Refused as refusal:
            raise CommandError(refusal.text.en) from None
        print(f"{user.email} signs in with the password alone, and is told so by e-mail.")
