-- The visit is done; one that another desk sent goes back there.
-- kind: command
-- keys:
-- args: branch desk outcome
-- returns: Answer: ticket, desk
-- events: ticket_finished leg_finished
local visitor, facts = in_hand()
if visitor.come_back then
  return desk_answer(come_back(visitor, facts, outcome))
end
local left = #visitor.legs - visitor.leg - 1
if left > 0 then
  refuse('legs_pending', {count = left})
end
local texts = {branch = branch, was = visitor.state}
texts.ticket, texts.desk = end_ticket(visitor, to_state('ticket_finished'), facts, outcome)
emit('ticket_finished', texts)
return desk_answer(texts)
