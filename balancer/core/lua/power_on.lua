-- The power is back.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: power_restored
local facts, text = my_branch()
return answer({facts = change_branch_fact(facts, text, 'power', 'power_restored')})
