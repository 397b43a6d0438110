-- Tickets are given out again after all.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: tickets_opened
local facts, text = my_branch()
return answer({facts = change_branch_fact(facts, text, 'phase', 'tickets_opened')})
