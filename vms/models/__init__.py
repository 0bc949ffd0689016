from vms.models.tag import Tag
from vms.models.vm import Vm, VmDisk, VmLoad

__all__ = ["Tag", "Vm", "VmDisk", "VmLoad"]
