-- The called visitor did not come.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: ticket, desk
-- events: ticket_missed ticket_no_show
local visitor, facts = in_hand()
return desk_answer(miss(visitor, facts))
