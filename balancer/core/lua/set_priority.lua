-- Another priority class, or none: the place follows from the same arrival.
-- kind: command
-- keys:
-- args: ticket priority? reason?
-- returns: Answer: ticket, ahead
-- events: priority_set
local early = head_start(priority)
local visitor, facts = by_id()
local was = visitor.state
leave_state(visitor, facts)
visitor.order = visitor.order + visitor.head_start_ms - early
visitor.priority, visitor.head_start_ms = priority, early
enter_state(visitor, to_state('priority_set'), facts)
local text = save_ticket(visitor)
emit('priority_set', {branch = visitor.branch, was = was, ticket = text}, {reason = reason})
return answer({ticket = text, ahead = count_ahead(visitor)})
