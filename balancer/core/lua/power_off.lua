-- The power is gone: services that need it stop, and called tickets that need it go back to their places.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: power_lost ticket_requeued
local facts, text = my_branch()
text = change_branch_fact(facts, text, 'power', 'power_lost')
call_back(facts, 'power', true)
return answer({facts = text})
