"""Addresses of the fleet, hosts, storage and networks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
