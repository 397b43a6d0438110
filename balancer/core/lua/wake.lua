-- A ticket that this desk parked waits again at its old place.
-- kind: command
-- keys:
-- args: branch desk ticket
-- returns: Answer: ticket, desk
-- events: ticket_woken
load_desk(branch, desk)
local visitor, facts = by_id()
ask_mine(visitor)
return desk_answer(send_to_line(visitor, facts, 'ticket_woken'))
