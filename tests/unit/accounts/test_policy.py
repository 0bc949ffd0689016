"""Who may do what: the policy's table."""

import pytest

from kvmweb.accounts.models import Role
from kvmweb.accounts.policy import Permission, rights
from tests.factories import GrantFactory, HostFactory, UserFactory, VmFactory
from vms.access import visible_vms


def test_a_stranger_sees_no_guest(stranger, vm):
    assert not visible_vms(rights(stranger)).exists()


def test_a_viewer_sees_a_guest_but_not_its_screen(viewer, vm):
    held = rights(viewer)
    assert held.on_guest(vm, Permission.VIEW)
    assert not held.on_guest(vm, Permission.CONSOLE)
    assert not held.on_guest(vm, Permission.OPERATE)


def test_an_owner_operates_their_guest_and_no_other(stranger, vm):
    vm.owner = stranger
    vm.save()
    other = VmFactory(host=vm.host)
    held = rights(stranger)
    assert held.on_guest(vm, Permission.OPERATE)
    assert not held.on_guest(other, Permission.VIEW)
    assert list(visible_vms(held)) == [vm]


def test_a_grant_on_a_host_covers_its_guests_only(stranger, vm):
    elsewhere = VmFactory(host=HostFactory())
    GrantFactory(user=stranger, role=Role.OPERATOR, host=vm.host)
    held = rights(stranger)
    assert held.on_guest(vm, Permission.OPERATE)
    assert not held.on_guest(elsewhere, Permission.VIEW)


def test_a_group_gives_its_people_the_grant(stranger, vm, django_user_model):
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="night shift")
    GrantFactory(group=group, role=Role.VIEWER, vm=vm)
    assert not rights(stranger).on_guest(vm, Permission.VIEW)
    stranger.groups.add(group)
    assert rights(stranger).on_guest(vm, Permission.VIEW)


@pytest.mark.django_db
def test_an_inactive_administrator_may_do_nothing():
    person = UserFactory(is_active=False)
    GrantFactory(user=person, role=Role.ADMINISTRATOR)
    assert not rights(person).on_everything(Permission.VIEW)
