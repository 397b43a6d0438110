-- The visitor in hand has paid: the service goes on.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: ticket, desk
-- events: ticket_paid
local visitor, facts = in_hand()
if not visitor.paying_since then
  refuse('not_paying')
end
end_paying(visitor, facts)
visitor.state = to_state('ticket_paid')
local texts = {branch = branch, was = visitor.state, ticket = save_ticket(visitor)}
emit('ticket_paid', texts)
return desk_answer(texts)
