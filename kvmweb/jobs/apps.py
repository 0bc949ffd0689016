from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Everything that reaches a hypervisor is a job: who, what, when, how far, how it ended."""

    name = "kvmweb.jobs"
    label = "jobs"
