-- A chosen ticket, waiting or parked, is called to the desk.
-- kind: command
-- keys:
-- args: branch desk ticket estimates?
-- returns: Answer: desk, ticket
-- events: ticket_called
local holder, text = load_desk(branch, desk)
local facts = load_facts(branch)
local visitor, visitor_text = load_ticket(ticket)
ask_branch(facts)
ask_desk(holder, text)
expect_version('ticket', visitor, visitor_text)
may_move('ticket', visitor.state, 'ticket', visitor_text)
ask_mine(visitor)
ask_service(facts, visitor.needs_power, visitor.service)
return call_ticket(visitor, facts, holder)
