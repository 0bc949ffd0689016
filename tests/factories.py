"""Rows for tests, made the short way."""

import uuid

import factory
from django.utils import timezone

from hosts.models import Host, HostLoad, StoragePool, VirtualNetwork
from kvmweb.accounts.models import Grant, Role, User
from vms.models import Vm, VmLoad


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password("correct horse battery")


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grant

    role = Role.VIEWER


class HostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Host

    name = factory.Sequence(lambda n: f"host-{n}")
    kind = Host.Kind.URI
    uri = factory.LazyAttribute(lambda host: f"test:///default#{host.name}")
    state = Host.State.UP
    state_since = factory.LazyFunction(timezone.now)
    cpus = 8
    memory_mib = 16384


class HostLoadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HostLoad

    host = factory.SubFactory(HostFactory)
    at = factory.LazyFunction(timezone.now)


class StoragePoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StoragePool

    host = factory.SubFactory(HostFactory)
    uuid = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"pool-{n}")
    type = "dir"
    state = "running"
    path = "/var/lib/libvirt/images"
    capacity = 100 << 30
    allocation = 20 << 30
    available = 80 << 30


class VirtualNetworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VirtualNetwork

    host = factory.SubFactory(HostFactory)
    uuid = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"network-{n}")
    active = True
    forward_mode = "nat"


class VmFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vm
        skip_postgeneration_save = True

    host = factory.SubFactory(HostFactory)
    uuid = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"guest-{n}")
    state = Vm.State.SHUTOFF
    vcpus = 2
    memory_mib = 2048


class VmLoadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VmLoad

    vm = factory.SubFactory(VmFactory)
    at = factory.LazyFunction(timezone.now)
