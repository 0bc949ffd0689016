"""The four people every test asks: a viewer, an operator, an administrator, and a stranger without any grant."""

import pytest
from django.test import Client

from kvmweb.accounts.models import Role, User
from tests.factories import GrantFactory, UserFactory


def person(name: str, role: str | None = None, **scope: object) -> User:
    user = UserFactory(username=name)
    if role is not None:
        GrantFactory(user=user, role=role, **scope)
    return user


def sign_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def viewer(db: None) -> User:
    return person("viewer", Role.VIEWER)


@pytest.fixture
def operator(db: None) -> User:
    return person("operator", Role.OPERATOR)


@pytest.fixture
def admin(db: None) -> User:
    return person("admin", Role.ADMINISTRATOR)


@pytest.fixture
def stranger(db: None) -> User:
    return person("stranger")
