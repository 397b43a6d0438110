-- No more tickets today; those who have one are served.
-- kind: command
-- keys:
-- args: branch plan#?
-- returns: Answer: facts
-- events: tickets_closed
local facts, text = my_branch()
if not claim_plan('') then
  return answer({facts = text})
end
return answer({facts = change_branch_fact(facts, text, 'phase', 'tickets_closed')})
