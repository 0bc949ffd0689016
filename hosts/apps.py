from django.apps import AppConfig


class HostsConfig(AppConfig):
    """Hosts with their storage pools, volumes, networks and devices."""

    name = "hosts"
