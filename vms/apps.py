from django.apps import AppConfig


class VmsConfig(AppConfig):
    """Guests: list, page, verbs, creation, console."""

    name = "vms"
