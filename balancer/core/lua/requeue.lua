-- The ticket in hand waits again at its old place.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: ticket, desk
-- events: ticket_requeued
local visitor, facts = in_hand()
return desk_answer(send_to_line(visitor, facts, 'ticket_requeued'))
