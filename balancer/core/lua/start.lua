-- The called visitor has come: he is being served.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: ticket, desk
-- events: ticket_started
local visitor, facts = in_hand()
ask_service(facts, visitor.needs_power, visitor.service)
local was = visitor.state
leave_state(visitor, facts)
enter_state(visitor, to_state('ticket_started'), facts)
local text = save_ticket(visitor)
emit('ticket_started', {branch = branch, was = was, ticket = text})
return desk_answer({ticket = text})
