from hosts.models.event import Event
from hosts.models.host import Host, HostLoad
from hosts.models.network import VirtualNetwork
from hosts.models.node_device import NodeDevice
from hosts.models.storage import StoragePool, Volume

__all__ = ["Event", "Host", "HostLoad", "NodeDevice", "StoragePool", "VirtualNetwork", "Volume"]
