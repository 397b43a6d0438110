-- The desk hands on the ticket in hand, or one that it parked.
-- kind: command
-- keys:
-- args: branch desk ticket? to_branch? to_queue? to_desk? service? keep_place? returns? note? day?
-- returns: Answer: ticket, desk
-- events: ticket_transferred
local visitor, facts = mine_or_in_hand()
local goal = destination(visitor)
if returns and goal.facts.branch ~= branch then
  refuse('invalid_field', {field = 'come_back', why = 'only within one branch'})
end
return desk_answer(move_ticket(visitor, facts, goal, returns and desk))
