"""Close the account of somebody who asked for it, where no operator can do it on the screen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.operations import close_account_for
from mungchi.common.errors import Refused


class Command(BaseCommand):
    help = "Close a person's account; the worker erases the person within minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--why", required=True, help="how you know that the person asks for it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = close_account_for(actor=SYSTEM, email=options["email"], why=options["why"])
        except Refused as refusal:
            raise CommandError(refusal.text.en) from None
        print(f"Closed. The worker erases the person: number {found.pk}.")
