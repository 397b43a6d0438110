-- The air raid is over: branch time runs on, unless a hold stops it.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: alarm_cleared
local facts, text = my_branch()
return answer({facts = change_branch_fact(facts, text, 'alarm', 'alarm_cleared')})
