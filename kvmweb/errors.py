"""Errors people can read: a sentence saying what happened to which object, and a way out.

This module knows no framework: the driver raises these, pages translate them.
"""

from collections.abc import Callable
from typing import Any, ClassVar

Translate = Callable[[str], str]


def gettext_noop(text: str) -> str:
    """Mark a text for translation without translating it here."""
    return text


class KvmwebError(Exception):
    """A sentence with its parameters, a hint what to do, a stable code, and libvirt's own words as details.

    `template` and `hint` are English with `{name}` places; they are translated where they are shown.
    """

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "error"

    def __init__(self, template: str, *, hint: str = "", code: str = "", details: str = "", **params: Any) -> None:
        super().__init__(template)
        self.template = template
        self.hint_template = hint
        self.code = code or self.default_code
        self.details = details
        self.params = params

    def translated(self, translate: Translate) -> str:
        """The sentence in the language of `translate`."""
        return translate(self.template).format(**self.params)

    def translated_hint(self, translate: Translate) -> str:
        """What to do, in the language of `translate`; empty when there is nothing to say."""
        return translate(self.hint_template).format(**self.params) if self.hint_template else ""

    @property
    def hint(self) -> str:
        return self.translated_hint(str)

    def __str__(self) -> str:
        return self.translated(str)


class BadInput(KvmwebError):
    """What was typed cannot be; `field` names where."""

    status = 400
    default_code = "input.bad"

    def __init__(self, template: str, *, field: str = "", **rest: Any) -> None:
        super().__init__(template, **rest)
        self.field = field


class Forbidden(KvmwebError):
    """The person may see the object, but not do this to it."""

    status = 403
    default_code = "forbidden"


class NotFound(KvmwebError):
    """There is no such object, or the person may not know of it."""

    status = 404
    default_code = "unknown"


class Conflict(KvmwebError):
    """Not possible in the object's present state."""

    status = 409
    default_code = "conflict"


class Busy(Conflict):
    """Another job works on the object now."""

    default_code = "busy"


class Unsupported(KvmwebError):
    """This host's libvirt or QEMU cannot do it."""

    status = 409
    default_code = "unsupported"


class LibvirtRefused(KvmwebError):
    """libvirt said no for a reason that has no sentence of its own; its words are in `details`."""

    status = 409
    default_code = "libvirt.refused"


class HostUnreachable(KvmwebError):
    """The host does not answer, or the connection broke."""

    status = 503
    default_code = "host.unreachable"


class TimedOut(HostUnreachable):
    """The host took a call and did not answer within its time limit."""

    default_code = "host.timeout"


class CredentialsRefused(HostUnreachable):
    """The host answers but does not let us in."""

    default_code = "host.refused"


class HostKeyChanged(CredentialsRefused):
    """The host shows another ssh key than the one that was confirmed."""

    default_code = "host.key_changed"
