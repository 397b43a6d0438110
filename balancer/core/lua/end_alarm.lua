-- The time after the all-clear is over: branch time runs on, unless a hold stops it.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: alarm_ended
local facts, text = my_branch()
if facts.resumes and at < facts.resumes then
  return answer({facts = text})
end
return answer({facts = change_branch_fact(facts, text, 'alarm', 'alarm_ended')})
