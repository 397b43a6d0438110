-- A service stops for a while, the others go on; who was called for it goes back to his place.
-- kind: command
-- keys:
-- args: branch service
-- returns: Answer: facts
-- events: service_suspended ticket_requeued
local facts, text = load_facts(branch)
offer(branch, service)
expect_version('facts', facts, text)
may_move('service', is_suspended(facts, service) and 'suspended' or 'offered', 'facts', text)
facts.suspended = facts.suspended or {}
table.insert(facts.suspended, service)
text = save_facts(facts)
emit('service_suspended', {branch = branch, facts = text}, {service = service})
call_back(facts, 'service_suspended', true)
return answer({facts = text})
