"""`manage.py first_admin`: the first administrator of an installation. Does nothing when there is one."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from kvmweb.accounts import audit
from kvmweb.accounts.models import Grant, Role, User

LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are mistaken for another
LENGTH = 20


class Command(BaseCommand):
    help = "Make the first administrator, with a generated password that is shown once."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="admin")
        parser.add_argument(
            "--password-file",
            default="",
            help="take the password from this file; if there is no such file, write the generated one into it (0600)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        everything = {"host": None, "vm": None}
        if Grant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True, **everything).exists():
            return
        username = options.get("username") or "admin"
        path = Path(options["password_file"]) if options["password_file"] else None
        password = self._from_file(path) if path and path.exists() else self._generated()
        with transaction.atomic():
            user, _ = User.objects.get_or_create(username=username)
            user.is_active = True
            user.set_password(password)
            user.save()
            Grant.objects.update_or_create(user=user, **everything, defaults={"role": Role.ADMINISTRATOR})
            audit.record("people.first_admin", user=None, target=user)
            if path and not path.exists():
                self._into_file(path, password)
        self._tell(username, password, path)

    def _generated(self) -> str:
        return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))

    def _from_file(self, path: Path) -> str:
        try:
            password = path.read_text().strip()
        except OSError as error:
            raise CommandError(f"The password file {path} cannot be read: {error.strerror}.") from None
        if not password:
            raise CommandError(f"The password file {path} is empty. Write the password into it, or remove it.")
        return password

    def _into_file(self, path: Path, password: str) -> None:
        try:
            with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(password + "\n")
        except OSError as error:
            raise CommandError(f"The password file {path} cannot be written: {error.strerror}.") from None

    def _tell(self, username: str, password: str, path: Path | None) -> None:
        if path:
            self.stdout.write(f"first administrator: {username}, password in {path}")
            return
        self.stdout.write(f"first administrator: {username}\n           password: {password}")
        self.stdout.write("(shown this once; change it under your name, top right)")
