-- The visitor left: the one in hand, or a ticket that this desk parked or may call.
-- kind: command
-- keys:
-- args: branch desk ticket?
-- returns: Answer: ticket, desk
-- events: ticket_left
local visitor, facts
if ticket then
  load_desk(branch, desk)
  visitor, facts = by_id()
  ask_mine(visitor)
else
  visitor, facts = in_hand()
end
return desk_answer(drop_ticket(visitor, facts, 'ticket_left'))
