-- The holder gives the ticket back.
-- kind: command
-- keys:
-- args: ticket
-- returns: Answer: ticket
-- events: ticket_cancelled
local visitor, facts = by_id()
return answer(drop_ticket(visitor, facts, 'ticket_cancelled'))
