"""A text field whose value is encrypted in the database (Fernet; keys rotate, newest first)."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models

from kvmweb import paths


@lru_cache
def _fernet() -> MultiFernet:
    keys = settings.FERNET_KEYS or [_own_key()]
    return MultiFernet([Fernet(key) for key in keys])


def _own_key() -> str:
    path = paths.data_dir() / "fernet.key"
    if not path.exists():
        paths.write_once(path, Fernet.generate_key().decode())
    return path.read_text().strip()


class EncryptedTextField(models.TextField):
    """Text at rest as a Fernet token; empty stays empty. Not searchable."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return _fernet().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *_unused: Any) -> str | None:
        return _fernet().decrypt(value.encode()).decode() if value else value
