-- Tickets are given out again after all.
-- kind: command
-- keys:
-- args: branch plan#?
-- returns: Answer: facts
-- events: tickets_opened
local facts, text = my_branch()
if not claim_plan('') then
  return answer({facts = text})
end
return answer({facts = change_branch_fact(facts, text, 'phase', 'tickets_opened')})
