-- The visitor was seen to leave.
-- kind: command
-- keys:
-- args: ticket
-- returns: Answer: ticket, desk
-- events: ticket_left
local visitor, facts = by_id()
return answer(drop_ticket(visitor, facts, 'ticket_left'))
