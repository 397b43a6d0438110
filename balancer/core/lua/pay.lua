-- The visitor in hand pays: from now on his time counts as paying too.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: ticket, desk
-- events: ticket_paying
local visitor, facts = in_hand()
if visitor.paying_since then
  refuse('already_paying')
end
visitor.state = to_state('ticket_paying')
visitor.paying_since, visitor.paying_time = at, branch_time(facts)
local texts = {branch = branch, was = visitor.state, ticket = save_ticket(visitor)}
emit('ticket_paying', texts)
return desk_answer(texts)
