-- The air raid is over. A branch that paused for it goes on at once, or some time later, as its policy says.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: alarm_cleared
local facts, text = my_branch()
local delay = branch_setting(branch).resume_delay_ms or 0 -- none in a city of before this setting
local later = facts.alarm == 'pause' and delay > 0
local to, detail = later and 'resuming' or 'none', later and {resumes = at + delay} or nil
return answer({facts = change_branch_fact(facts, text, 'alarm', 'alarm_cleared', to, detail)})
