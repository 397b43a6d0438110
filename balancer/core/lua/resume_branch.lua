-- The hold is over: branch time runs on, unless an alarm stops it.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: branch_resumed
local facts, text = my_branch()
return answer({facts = change_branch_fact(facts, text, 'hold', 'branch_resumed')})
