-- The branch closes; those who wait keep their places until the day is closed.
-- kind: command
-- keys:
-- args: branch
-- returns: Answer: facts
-- events: branch_closed
local facts, text = load_facts(branch)
ask_hands()
expect_version('facts', facts, text)
return answer({facts = change_branch_fact(facts, text, 'phase', 'branch_closed')})
