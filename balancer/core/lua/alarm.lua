-- An air raid: the branch pauses, serves in its shelter or goes on where it is, as its policy says.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: alarm_sounded ticket_requeued
local facts, text = my_branch()
local policy = branch_setting(branch).air_raid
text = change_branch_fact(facts, text, 'alarm', 'alarm_sounded', policy, {policy = policy})
if is_paused(facts) then
  call_back(facts, 'alarm')
end
return answer({facts = text})
