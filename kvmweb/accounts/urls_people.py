"""Addresses of people, groups, grants and the audit log."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
