"""`manage.py prepare`: what `up --prepare` does before it starts anything; for installations run by systemd."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from kvmweb.supervisor.prepare import add_local_host, prepare


class Command(BaseCommand):
    help = "Migrate the database, make the first administrator, add this machine's libvirt as the first host."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--admin-password-file", default="")
        parser.add_argument("--no-local-host", action="store_true", help="leave this machine's own libvirt alone")

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(self.stdout, options["admin_password_file"])
        if not options["no_local_host"]:
            add_local_host(self.stdout)
