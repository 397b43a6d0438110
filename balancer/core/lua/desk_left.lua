-- The visitor left: the one in hand, or a ticket that this desk parked or may call.
-- kind: command
-- keys:
-- args: branch desk ticket?
-- returns: Answer: ticket, desk
-- events: ticket_left
local visitor, facts = mine_or_in_hand()
return desk_answer(drop_ticket(visitor, facts, 'ticket_left'))
