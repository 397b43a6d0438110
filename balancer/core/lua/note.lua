-- A note on the ticket in hand, for whoever serves it next; an empty one takes it away.
-- kind: command
-- keys:
-- args: branch desk note?
-- returns: Answer: ticket, desk
-- events: ticket_noted
local visitor = in_hand()
visitor.note, visitor.noted_by, visitor.noted_at = note, note and actor, note and at
visitor.state = to_state('ticket_noted', visitor.state)
local texts = {branch = branch, was = visitor.state, ticket = save_ticket(visitor)}
emit('ticket_noted', texts)
return desk_answer(texts)
