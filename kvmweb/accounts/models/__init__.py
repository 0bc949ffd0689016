from kvmweb.accounts.models.audit import AuditEvent
from kvmweb.accounts.models.grant import Grant, Role
from kvmweb.accounts.models.user import User

__all__ = ["AuditEvent", "Grant", "Role", "User"]
