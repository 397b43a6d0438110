-- The branch pauses for a reason of its own; called tickets go back to their places.
-- kind: command
-- keys:
-- args: branch reason
-- returns: Answer: facts
-- events: branch_held ticket_requeued
local facts, text = my_branch()
text = change_branch_fact(facts, text, 'hold', 'branch_held', nil, {reason = reason})
call_back(facts, 'hold')
return answer({facts = text})
