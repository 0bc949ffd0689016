from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, groups, grants and the audit log."""

    name = "kvmweb.accounts"
    label = "accounts"
