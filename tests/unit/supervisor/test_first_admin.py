from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kvmweb.accounts.models import Grant, Role, User

pytestmark = pytest.mark.django_db


def make(**options: object) -> str:
    out = StringIO()
    call_command("first_admin", stdout=out, **options)
    return out.getvalue()


def test_the_first_administrator_gets_a_password_shown_once() -> None:
    said = make()
    password = said.split("password:")[1].split()[0]
    admin = User.objects.get(username="admin")
    assert admin.check_password(password)
    assert Grant.objects.get(user=admin, host=None, vm=None).role == Role.ADMINISTRATOR
    assert make() == ""
    assert User.objects.get().check_password(password)


def test_a_password_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "password"
    said = make(password_file=str(path))
    password = path.read_text().strip()
    assert path.stat().st_mode & 0o777 == 0o600
    assert password not in said
    assert User.objects.get().check_password(password)


def test_a_password_file_that_exists_is_read(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("correct horse battery\n")
    make(password_file=str(path))
    assert User.objects.get().check_password("correct horse battery")


def test_an_empty_password_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.touch()
    with pytest.raises(CommandError, match="is empty"):
        make(password_file=str(path))
    assert not User.objects.exists()
