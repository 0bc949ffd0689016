import pytest

from tests.factories import HostFactory, VmFactory
from tests.people import admin, operator, stranger, viewer

__all__ = ["admin", "operator", "stranger", "viewer"]


@pytest.fixture
def host(db):
    return HostFactory(name="host-a")


@pytest.fixture
def vm(host):
    return VmFactory(host=host, name="web1")
