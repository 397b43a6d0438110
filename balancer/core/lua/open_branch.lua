-- The branch opens its doors.
-- kind: command
-- keys:
-- args: branch day plan#?
-- returns: Answer: facts
-- events: branch_opened
local facts, text = my_branch()
if not claim_plan('') then
  return answer({facts = text})
end
facts.day = day
return answer({facts = change_branch_fact(facts, text, 'phase', 'branch_opened')})
