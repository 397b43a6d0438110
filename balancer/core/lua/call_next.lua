-- The first of the desk's lines is called to it: choosing and claiming are one step.
-- kind: command
-- keys:
-- args: branch desk estimates?
-- returns: Answer: desk, ticket (none where nobody waits)
-- events: ticket_called
local holder, text = load_desk(branch, desk)
local facts = load_facts(branch)
ask_branch(facts)
ask_desk(holder, text)
expect_version('desk', holder, text)
local id = first_in_line(facts, holder)
if not id then
  return answer({desk = text})
end
return call_ticket(load_ticket(id), facts, holder)
