-- The ticket in hand is set aside for a while.
-- kind: command
-- keys:
-- args: branch desk reason until_ms#?
-- returns: Answer: ticket, desk
-- events: ticket_parked
local visitor, facts = in_hand()
return desk_answer(park_ticket(visitor, facts, reason, until_ms))
