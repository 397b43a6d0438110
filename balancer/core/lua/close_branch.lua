-- The branch closes; those who wait keep their places until the day is closed.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: branch_closed
local facts, text = load_facts(branch)
local busy = 0
for _, holder in ipairs(desks_of(branch)) do
  busy = busy + (holder.ticket and 1 or 0)
end
if GUARDS.tickets_in_hand and busy > 0 then
  refuse('tickets_in_hand', {count = busy})
end
expect_version('facts', facts, text)
return answer({facts = change_branch_fact(facts, text, 'phase', 'branch_closed')})
