"""What the public forms stand on: who keeps what comes in, and what keeps robots out."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from aardekast.letters import Inbox
from webapp.guards import RateLimit, Stamp
from webapp.site import today


@dataclass(slots=True)
class Letterbox:
    """Made with the inbox, the key that signs the forms (the same in all processes) and the header that is believed.

    `address_header` names the header in which the site's own proxy says where a visitor is; empty when there is none.
    """

    inbox: Inbox
    key: bytes
    address_header: str = ""
    stamp: Stamp = field(init=False)
    limit: RateLimit = field(init=False)

    def __post_init__(self) -> None:
        self.stamp = Stamp(self.key)
        self.limit = RateLimit(time.monotonic, today)
