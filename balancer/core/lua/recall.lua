-- The ticket in hand is called again, as often as the branch allows.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: ticket, desk
-- events: ticket_recalled
local visitor, facts = in_hand()
local policy = branch_setting(branch)
if visitor.recalls >= policy.recalls_max then
  refuse('recalls_exhausted')
end
local early = (visitor.recalled or current_leg(visitor).called) + policy.recall_gap_ms - at
if early > 0 then
  refuse('recall_too_soon', {seconds = math.ceil(early / 1000)})
end
visitor.recalls, visitor.recalled = visitor.recalls + 1, at
expect_visitor(visitor, facts)
local texts = {branch = branch, was = visitor.state, ticket = save_ticket(visitor)}
emit('ticket_recalled', texts)
return desk_answer(texts)
