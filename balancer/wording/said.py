"""What the server itself says to visitors: the first paint, calendar entries, notices to a phone."""

from __future__ import annotations

from balancer.wording.en import EN
from balancer.wording.rooms import Room
from balancer.wording.uk import UK
from balancer.wording.words import Words

SAID: Room[Words] = Room("said", uk=UK, en=EN)
