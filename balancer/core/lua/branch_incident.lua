-- Something happened in the branch that colleagues should know of; nothing changes but the log.
-- kind: command
-- keys:
-- args: branch category text ticket?
-- returns: Answer: facts
-- events: incident_recorded
local _, facts_text = load_facts(branch)
local visitor = ticket and load_ticket(ticket)
if visitor and visitor.branch ~= branch then
  refuse('unknown_ticket')
end
emit_incident(visitor)
return answer({facts = facts_text})
