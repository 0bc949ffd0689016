from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """The last hour of load of guests and hosts."""

    name = "kvmweb.metrics"
    label = "metrics"
