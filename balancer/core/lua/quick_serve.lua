-- Somebody without a ticket is served at once: a number is given and counted, the wait is not.
-- kind: command
-- keys:
-- args: branch desk service quote? ticket day
-- returns: Answer: ticket, desk
-- events: ticket_issued
local holder, text = load_desk(branch, desk)
local facts = load_facts(branch)
local offered = offer(branch, service)
ask_branch(facts)
ask_desk(holder, text)
ask_service(facts, offered.needs_power, service)
expect_version('desk', holder, text)
local legs, came = {new_leg(branch, offered.queue, service)}, {at = at, time = branch_time(facts)}
local visitor = new_ticket(ticket, facts, offered, legs, 0, came)
visitor.channel, visitor.desk, holder.ticket = 'desk', desk, ticket
visitor.quoted = quote and cjson.decode(quote)
enter_state(visitor, to_state('ticket_issued'), facts)
local texts = {branch = branch, ticket = save_ticket(visitor), desk = save_desk(holder)}
emit('ticket_issued', texts, {quick = true})
return desk_answer(texts)
