"""Bring an installation to the state in which it can start. Safe to repeat, quick when there is nothing to do."""

import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kvmweb.supervisor.local_uri import local_uri

LOCAL_HOST_OFFERED = "local-host-offered"


def prepare(stdout: OutputWrapper, password_file: str) -> None:
    """Migrate the database and make the first administrator."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        stdout.write("migrating the database\n")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("first_admin", password_file=password_file, stdout=stdout)


def add_local_host(stdout: OutputWrapper) -> str | None:
    """Add this machine's libvirt as the first host and return its URI; None when there is none.

    It is offered once: an operator who removed the host does not get it back at the next start.
    """
    offered = settings.DATA_DIR / LOCAL_HOST_OFFERED
    if offered.exists():
        return offered.read_text().strip() or None
    uri = local_uri()
    if uri is None:
        stdout.write("no libvirt on this machine; add a host on the page Hosts\n")
        return None
    call_command("host_add", name=socket.gethostname() or "local", kind="local", uri=uri, stdout=stdout)
    offered.write_text(uri)
    return uri
