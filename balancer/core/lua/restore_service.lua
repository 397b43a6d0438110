-- A service that was stopped goes on.
-- kind: command
-- keys:
-- args: branch service
-- returns: Answer: facts
-- events: service_restored
local facts, text = my_branch()
may_move('service', is_suspended(facts, service) and 'suspended' or 'offered', 'facts', text)
local left
for _, each in ipairs(facts.suspended) do
  if each ~= service then
    left = left or {}
    left[#left + 1] = each
  end
end
facts.suspended = left
text = save_facts(facts)
emit('service_restored', {branch = branch, facts = text}, {service = service})
return answer({facts = text})
