"""Every address of the product; each room keeps its own."""

from django.urls import include, path

from kvmweb.health import healthz

urlpatterns = [
    path("healthz/", healthz, name="healthz"),
    path("account/", include("kvmweb.accounts.urls_account")),
    path("people/", include("kvmweb.accounts.urls_people")),
    path("jobs/", include("kvmweb.jobs.urls")),
    path("guests/", include("vms.urls")),
    path("", include("hosts.urls")),
]
