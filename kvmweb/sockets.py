"""Every WebSocket there is."""

from django.urls import path

from kvmweb.consumers import EventConsumer

routes = [path("ws/", EventConsumer.as_asgi())]
